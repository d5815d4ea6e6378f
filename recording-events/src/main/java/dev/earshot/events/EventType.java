package dev.earshot.events;

import java.util.Arrays;
import java.util.Optional;

/** The CloudEvents types of version 1, with the record that is each one's data and the topics that carry it. */
public enum EventType {
    /** Please fetch this recording. */
    FETCH_REQUESTED("fetch-requested", FetchRequested.class, EarshotEvent.GATEWAY),
    /** Stored and confirmed. */
    READY("ready", RecordingReady.class, EarshotEvent.FETCHER),
    /** This attempt did not end in ready. */
    FETCH_FAILED("fetch-failed", FetchFailed.class, EarshotEvent.FETCHER),
    /** The accepted last word on a recording. */
    STATE_CHANGED("state-changed", StateChanged.class, EarshotEvent.GATEWAY),
    /** A list of its account has it. */
    RECORDING_SEEN("recording-seen", RecordingSeen.class, EarshotEvent.FETCHER),
    /** Please list this account. */
    LISTING_REQUESTED("listing-requested", ListingRequested.class, EarshotEvent.GATEWAY),
    /** How far that list is. */
    LISTING_PROGRESS("listing-progress", ListingProgress.class, EarshotEvent.FETCHER),
    /** Somebody asked for the audio. */
    ACCESSED("accessed", RecordingAccessed.class, EarshotEvent.GATEWAY),
    /** Somebody administered. */
    ADMINISTERED("administered", Administered.class, EarshotEvent.GATEWAY);

    private final String name;
    private final Class<? extends EarshotEvent> dataType;
    private final String source;

    EventType(String name, Class<? extends EarshotEvent> dataType, String source) {
        this.name = name;
        this.dataType = dataType;
        this.source = source;
    }

    /** The type in an event's id, for example {@code fetch-requested}. */
    public String shortName() {
        return name;
    }

    /** The CloudEvents {@code type}, for example {@code dev.earshot.recording.fetch-requested.v1}. */
    public String typeName() {
        return "dev.earshot.recording." + name + ".v1";
    }

    /** The record that the JSON data is read into. */
    public Class<? extends EarshotEvent> dataType() {
        return dataType;
    }

    /** The CloudEvents {@code source}. */
    public String source() {
        return source;
    }

    /** Finds the type by its CloudEvents name; empty for one of another version or another system. */
    public static Optional<EventType> of(String typeName) {
        return Arrays.stream(values())
                .filter(type -> type.typeName().equals(typeName))
                .findFirst();
    }
}
