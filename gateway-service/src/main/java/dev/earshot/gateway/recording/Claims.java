package dev.earshot.gateway.recording;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** What listeners missed: whoever waits asks several times, and a fetch is begun once. */
@Startup
@ApplicationScoped
class Claims {
    private final Counter claims;

    Claims(MeterRegistry meters) {
        claims = Counter.builder("earshot.recordings.claims")
                .description("Fetches that a listener's request began, or took out of the bulk lane")
                .register(meters);
    }

    void claimed() {
        claims.increment();
    }
}
