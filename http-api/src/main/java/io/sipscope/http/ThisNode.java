package io.sipscope.http;

import io.sipscope.http.mi.core.NodeControl;
import io.sipscope.http.mi.core.ProcessProfiling;
import io.sipscope.persistence.statistics.Worker;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The process that is asked.
///
/// @param unready why it takes no traffic yet, one sentence; empty once it does
/// @param workers in the order of their ids: what `ps` lists
/// @param control what MI does to it: stop it, change what it logs
/// @param profiling how much its workers tell of what they do
public record ThisNode(
    Supplier<Optional<String>> unready,
    Supplier<List<Worker>> workers,
    NodeControl control,
    ProcessProfiling profiling) {}
