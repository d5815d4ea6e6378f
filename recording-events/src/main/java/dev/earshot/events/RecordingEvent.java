package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An event about one tenant's recording. */
public sealed interface RecordingEvent extends EarshotEvent
        permits FetchRequested, RecordingReady, FetchFailed, StateChanged, RecordingAccessed {
    /** Whose recording. */
    Tenant tenant();

    /** Which recording. */
    RecordingSid recordingSid();

    /** Tenant and recording together; its {@link RecordingKey#kafkaKey()} is the record's key and the subject. */
    @JsonIgnore
    default RecordingKey key() {
        return new RecordingKey(tenant(), recordingSid());
    }

    @Override
    @JsonIgnore
    default String kafkaKey() {
        return key().kafkaKey();
    }
}
