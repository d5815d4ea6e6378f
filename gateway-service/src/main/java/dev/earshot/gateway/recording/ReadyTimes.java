package dev.earshot.gateway.recording;

import dev.earshot.events.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** From the promise to ready. There from the start (so @Startup), so that the first one shows as an increase. */
@Startup
@ApplicationScoped
class ReadyTimes {
    /** A click waits seconds; what Twilio has not finished or does not give waits minutes, and is alarming after an hour. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    private final Map<Lane, Timer> timers = new EnumMap<>(Lane.class);

    ReadyTimes(MeterRegistry meters) {
        for (Lane lane : Lane.values()) {
            timers.put(
                    lane,
                    Timer.builder("earshot.fetch.claim.to.ready")
                            .description("From the promise to ready, by the database's clock")
                            .tag("lane", lane.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(meters));
        }
    }

    void ready(Lane lane, Duration sincePromise) {
        Timer timer = timers.get(lane);
        if (timer != null) {
            timer.record(sincePromise);
        }
    }
}
