package dev.earshot.fetcher.listing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the accounts are listed. */
@ConfigMapping(prefix = "earshot.listing")
public interface ListingConfig {
    /** How often each account is listed; 0s switches that off, and a backfill is listed all the same. */
    @WithDefault("5m")
    Duration every();

    /** How much of what was listed before is listed again: Twilio does not say when a new resource shows in a list. */
    @WithDefault("15m")
    Duration overlap();

    /** How far the first list of an account goes back; for what is older there is the backfill. */
    @WithDefault("24h")
    Duration firstLookBack();

    /** How long a recording that Twilio has not finished may hold the mark back: Twilio ends a recording after 24 hours. */
    @WithDefault("24h")
    Duration longestRecording();

    /** How many recordings a page has; Twilio gives 1000 at most, and each page is one request. */
    @WithDefault("1000")
    int pageSize();

    /** How many pages of an account are listed in one go; the next round takes up where this one left off. */
    @WithDefault("50")
    int maxPages();

    /** The first pause after Twilio refused or did not answer; each further one is twice as long. */
    @WithDefault("30s")
    Duration backoffInitial();

    /** The longest such pause. */
    @WithDefault("30m")
    Duration backoffMax();

    /** How often a page of a backfill is tried before the backfill fails. */
    @WithDefault("8")
    int tries();
}
