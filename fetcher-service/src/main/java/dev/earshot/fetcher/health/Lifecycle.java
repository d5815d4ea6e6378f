package dev.earshot.fetcher.health;

import jakarta.inject.Singleton;

/**
 * Starting, then running, then draining; never back.
 */
@Singleton
public class Lifecycle {
    /** Where the process is in its life. */
    public enum Phase {
        STARTING,
        RUNNING,
        DRAINING
    }

    private volatile Phase phase = Phase.STARTING;

    public Phase phase() {
        return phase;
    }

    /** Consumers are subscribed. */
    public synchronized void running() {
        if (phase == Phase.STARTING) {
            phase = Phase.RUNNING;
        }
    }

    /** No new request is begun from now on. */
    public synchronized void draining() {
        phase = Phase.DRAINING;
    }
}
