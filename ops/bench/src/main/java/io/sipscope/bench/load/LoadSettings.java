package io.sipscope.bench.load;

import io.sipscope.protocol.net.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;

/// What is to be sent.
///
/// @param rate messages a second
/// @param talk how long each call lasts after its answer: many short calls or many at once
/// @param run begins every Call-ID, so that two runs send different calls
public record LoadSettings(
    InetSocketAddress target,
    Transport transport,
    int rate,
    Duration duration,
    Duration talk,
    String run) {}
