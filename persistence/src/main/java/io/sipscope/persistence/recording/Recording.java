package io.sipscope.persistence.recording;

/// What was recorded, and what is.
public record Recording(SampleStore samples, RecordingSettings settings) {}
