package io.sipscope.persistence.statistics;

/// One statistic and what it is just now.
public record Reading(StatisticName name, long value, Description description) {}
