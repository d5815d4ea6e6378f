package dev.earshot.gateway.recording;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets only so many objects vanish in a minute: one misconfigured replica must not undo everyone's state. */
@ApplicationScoped
class VanishedBreaker {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final Clock clock;
    private final Deque<Instant> seen = new ArrayDeque<>();

    @jakarta.inject.Inject
    VanishedBreaker(Config config) {
        this(config.vanishedPerMinute(), Clock.systemUTC());
    }

    VanishedBreaker(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Notes one more; false if that is one too many. */
    synchronized boolean allows() {
        Instant now = clock.instant();
        while (!seen.isEmpty() && seen.getFirst().isBefore(now.minus(WINDOW))) {
            seen.removeFirst();
        }
        if (seen.size() >= perMinute) {
            return false;
        }
        seen.addLast(now);
        return true;
    }

    /** How many objects may vanish. */
    @ConfigMapping(prefix = "earshot.store")
    interface Config {
        /** More objects than this found missing at playback within a minute: 503 and an ERROR, and no row is changed. */
        @WithDefault("20")
        int vanishedPerMinute();
    }
}
