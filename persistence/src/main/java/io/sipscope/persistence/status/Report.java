package io.sipscope.persistence.status;

import java.time.Instant;

/// One line of what happened to an identifier.
public record Report(Instant at, String log) {}
