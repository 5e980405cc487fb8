package io.sipscope.persistence.statistics;

/// What `ps` lists: threads of this node that share a task, which OpenSIPS would give processes.
///
/// @param id `load:load-proc-ID` and `pkmem:ID-*` go by it; those who come and go keep theirs free
/// @param pid of the process, the same for all
/// @param type in OpenSIPS's spelling where it has one: `SIP receiver hep_udp:127.0.0.1:9060`
public record Worker(int id, long pid, String type) {}
