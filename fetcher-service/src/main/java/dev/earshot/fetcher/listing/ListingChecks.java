package dev.earshot.fetcher.listing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Refuses what cannot work, and names the key. */
final class ListingChecks {
    /** Twilio's own bound. */
    private static final int LARGEST_PAGE = 1000;

    private final List<String> problems = new ArrayList<>();

    private ListingChecks() {}

    /** @throws IllegalStateException with every problem that there is */
    static void require(ListingConfig config) {
        ListingChecks checks = new ListingChecks();
        checks.notNegative("earshot.listing.every", config.every());
        checks.notNegative("earshot.listing.overlap", config.overlap());
        checks.notNegative("earshot.listing.first-look-back", config.firstLookBack());
        checks.notNegative("earshot.listing.longest-recording", config.longestRecording());
        checks.that(
                config.pageSize() >= 1 && config.pageSize() <= LARGEST_PAGE,
                "earshot.listing.page-size must be from 1 to " + LARGEST_PAGE);
        checks.that(config.maxPages() >= 1, "earshot.listing.max-pages must be at least 1");
        checks.that(config.tries() >= 1, "earshot.listing.tries must be at least 1");
        checks.that(config.backoffInitial().isPositive(), "earshot.listing.backoff-initial must be more than 0");
        checks.that(
                config.backoffInitial().compareTo(config.backoffMax()) <= 0,
                "earshot.listing.backoff-initial must not be more than earshot.listing.backoff-max");
        if (!checks.problems.isEmpty()) {
            throw new IllegalStateException("The configuration cannot work: " + String.join("; ", checks.problems));
        }
    }

    private void notNegative(String key, Duration value) {
        that(!value.isNegative(), key + " must not be negative");
    }

    private void that(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
