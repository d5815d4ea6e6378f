package dev.earshot.fetcher.listing;

import java.time.Duration;
import java.time.Instant;

/** How long an account that refused is left alone: twice as long each time, up to a bound. Not thread-safe. */
final class Pause {
    private final Duration initial;
    private final Duration max;
    private Duration next;
    private Instant until = Instant.MIN;

    Pause(Duration initial, Duration max) {
        this.initial = initial;
        this.max = max;
        this.next = initial;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    Duration failed(Instant now) {
        Duration pause = next;
        until = now.plus(pause);
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(max) > 0 ? max : twice;
        return pause;
    }

    void succeeded() {
        next = initial;
        until = Instant.MIN;
    }
}
