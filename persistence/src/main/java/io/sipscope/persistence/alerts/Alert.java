package io.sipscope.persistence.alerts;

/// A rule and how it is doing.
public record Alert(AlertRule rule, AlertState state) {}
