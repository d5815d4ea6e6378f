package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How urgent a fetch is, and so which topic carries its request. */
public enum Lane {
    /** Somebody is waiting to listen. */
    @JsonProperty("interactive")
    INTERACTIVE,
    /** Prefetch and backfill: nobody waits. */
    @JsonProperty("bulk")
    BULK;

    /** The topic that carries requests of this lane. */
    public String topic() {
        return switch (this) {
            case INTERACTIVE -> Topics.FETCH_REQUESTS;
            case BULK -> Topics.PREFETCH_REQUESTS;
        };
    }
}
