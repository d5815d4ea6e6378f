package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Lets only so many objects vanish in a minute: one misconfigured replica must not undo everyone's state. Objects are
 * counted, not listeners: five hundred who miss the same one are one.
 */
@Startup
@ApplicationScoped
public class VanishedBreaker {
    private static final Logger LOG = Logger.getLogger(VanishedBreaker.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final Clock clock;
    private final MeterRegistry meters;
    /** In the order in which they were first missed. At most {@link #perMinute} entries. */
    private final Map<Missing, Instant> seen = new LinkedHashMap<>();

    private boolean open;

    @Inject
    VanishedBreaker(Config config, MeterRegistry meters) {
        this(config.vanishedPerMinute(), Clock.systemUTC(), meters);
    }

    VanishedBreaker(int perMinute, Clock clock, MeterRegistry meters) {
        this.perMinute = perMinute;
        this.clock = clock;
        this.meters = meters;
        // There from the start (so @Startup), so that the first one shows as an increase.
        vanished(true).increment(0);
        vanished(false).increment(0);
        meters.gauge("earshot.store.vanished.breaker.open", this, breaker -> breaker.isOpen() ? 1 : 0);
    }

    private record Missing(RecordingKey key, int generation) {}

    /** Notes this object as missing; false if it is one too many. */
    synchronized boolean allows(RecordingKey key, int generation) {
        forgetOld();
        Missing missing = new Missing(key, generation);
        boolean allowed = seen.containsKey(missing) || seen.size() < perMinute;
        if (allowed) {
            seen.putIfAbsent(missing, clock.instant());
        }
        vanished(allowed).increment();
        tell(allowed);
        return allowed;
    }

    private Counter vanished(boolean allowed) {
        return meters.counter("earshot.store.vanished", "result", allowed ? "accepted" : "refused");
    }

    /** One ERROR each time it opens, not one for each listener. */
    private void tell(boolean allowed) {
        if (!allowed && !open) {
            LOG.errorf(
                    "More than %d stored objects were found missing within a minute: this replica may be looking at the"
                            + " wrong store. No recording is changed",
                    perMinute);
        }
        open = !allowed;
    }

    private synchronized boolean isOpen() {
        forgetOld();
        return open && seen.size() >= perMinute;
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(WINDOW);
        seen.values().removeIf(since -> since.isBefore(oldest));
    }

    /** How many objects may vanish. */
    @ConfigMapping(prefix = "earshot.store")
    public interface Config {
        /** More objects than this found missing at playback within a minute: 503 and an ERROR, and no row is changed. */
        @WithDefault("20")
        int vanishedPerMinute();
    }
}
