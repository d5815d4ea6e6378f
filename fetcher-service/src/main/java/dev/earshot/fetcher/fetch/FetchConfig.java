package dev.earshot.fetcher.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many fetches run, how long each may take, and when an account is left alone. */
@ConfigMapping(prefix = "earshot.fetch")
public interface FetchConfig {
    /** Longest time for one fetch from start to confirmed object. Must be less than the silence limit. */
    @WithDefault("25m")
    Duration totalTimeout();

    /** How long the gateway waits for an outcome before it asks again: the gateway's key, here to be checked against. */
    @WithDefault("30m")
    Duration silenceLimit();

    /** Most downloads at the same time, all accounts together. */
    @WithDefault("64")
    int inFlight();

    /** Most downloads at the same time for one account; lowered on 429 and raised again slowly. */
    @WithDefault("16")
    int inFlightPerAccount();

    /** Most requests that wait for one account; one more is handed back as account-busy. */
    @WithDefault("32")
    int queuePerAccount();

    /** Longest wait in an account's queue before the request is handed back as account-busy. */
    @WithDefault("60s")
    Duration queueWait();

    /** How long after its end a completed recording's missing media still means "not yet". */
    @WithDefault("10m")
    Duration notReadyWindow();

    /** The account's circuit breaker. */
    Breaker breaker();

    /** When an account that fails is left alone. */
    interface Breaker {
        /** Different recordings that must fail in a row (5xx, no connection, time-out) to open the breaker. */
        @WithDefault("5")
        int failures();

        /** How long it stays open before one download is tried. */
        @WithDefault("30s")
        Duration openFor();
    }
}
