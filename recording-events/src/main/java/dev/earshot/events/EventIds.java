package dev.earshot.events;

/** Deterministic event ids: recording, generation, attempt where it matters, type. */
final class EventIds {
    private EventIds() {}

    static String ofAttempt(RecordingEvent event, int generation, int attempt) {
        return event.key().kafkaKey() + ":" + generation + ":" + attempt + ":"
                + event.type().shortName();
    }

    static String ofGeneration(RecordingEvent event, int generation, String what) {
        return event.key().kafkaKey() + ":" + generation + ":" + what;
    }

    static String ofRecording(RecordingEvent event, String what) {
        return event.key().kafkaKey() + ":" + what;
    }
}
