package io.sipscope.persistence.dialog;

import io.sipscope.protocol.dialog.Rung;
import java.util.List;

/// Messages of one dialog that were just stored: what a live view shows. Crosses nodes.
public record Traffic(String key, List<Rung> rungs) {}
