package dev.earshot.events;

import java.util.List;

/** The names of Earshot's Kafka topics. */
public final class Topics {
    /** Requests that somebody waits for; the gateway writes, the fetcher reads. Kept for days. */
    public static final String FETCH_REQUESTS = "earshot.fetch-requests.v1";
    /** Requests of prefetch and backfill; the gateway writes, the fetcher reads. Kept for days. */
    public static final String PREFETCH_REQUESTS = "earshot.prefetch-requests.v1";
    /** What became of each request; the fetcher writes, the gateway and anyone else reads. Kept for days. */
    public static final String FETCH_OUTCOMES = "earshot.fetch-outcomes.v1";
    /** The accepted last word on each recording; the gateway alone writes. Compacted. */
    public static final String RECORDINGS = "earshot.recordings.v1";
    /** Who listened to what, and who administered what; the gateway writes where the access audit is on. Kept for weeks. */
    public static final String ACCESS = "earshot.access.v1";

    /** What the fetcher saw in the accounts' lists; the fetcher writes, the gateway reads. Kept for days. */
    public static final String RECORDINGS_SEEN = "earshot.recordings-seen.v1";
    /** Lists that a backfill needs; the gateway writes, the fetcher reads. Kept for days. */
    public static final String LISTING_REQUESTS = "earshot.listing-requests.v1";
    /** How far those lists are; the fetcher writes, the gateway reads. Kept for days. */
    public static final String LISTING_PROGRESS = "earshot.listing-progress.v1";

    /** The topics that a service of ours consumes, each of which has dead letters beside it. */
    public static final List<String> CONSUMED = List.of(
            FETCH_REQUESTS, PREFETCH_REQUESTS, FETCH_OUTCOMES, RECORDINGS_SEEN, LISTING_REQUESTS, LISTING_PROGRESS);

    private static final String DEAD_LETTERS_SUFFIX = ".dead-letters";

    private Topics() {}

    /** The topic that keeps what could not be read from the given one. Kept for weeks. */
    public static String deadLetters(String topic) {
        return topic + DEAD_LETTERS_SUFFIX;
    }
}
