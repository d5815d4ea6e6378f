package dev.earshot.gateway.recording;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Whether what listeners want is there. Players ask several times for what they play and for what they wait for; a fetch is
 * begun once. So what was missed is counted by the claims, not by the answers.
 */
@Startup
@ApplicationScoped
class Asked {
    private final Counter ready;
    private final Counter preparing;
    private final Counter refused;
    private final Counter claims;

    Asked(MeterRegistry meters) {
        ready = found(meters, "ready");
        preparing = found(meters, "preparing");
        refused = found(meters, "refused");
        claims = Counter.builder("earshot.recordings.claims")
                .description("Fetches that a listener's request began, or took out of the bulk lane")
                .register(meters);
    }

    void found(Playability playability) {
        switch (playability) {
            case Playability.Playable playable -> ready.increment();
            case Playability.Preparing preparing -> this.preparing.increment();
            case Playability.Unknown unknown -> refused.increment();
            case Playability.Unavailable unavailable -> refused.increment();
            case Playability.Expired expired -> refused.increment();
            case Playability.Gone gone -> refused.increment();
        }
    }

    void claimed() {
        claims.increment();
    }

    private static Counter found(MeterRegistry meters, String what) {
        return Counter.builder("earshot.recordings.asked")
                .description("Requests to listen, by what the recording was when they came")
                .tag("found", what)
                .register(meters);
    }
}
