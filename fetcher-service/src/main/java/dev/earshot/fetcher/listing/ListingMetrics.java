package dev.earshot.fetcher.listing;

import dev.earshot.events.AccountSid;
import dev.earshot.fetcher.twilio.ListedPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Counts pages, sightings and what could not be listed. */
@Singleton
class ListingMetrics {
    private final MeterRegistry meters;

    @Inject
    ListingMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** There before the first failure, so that it shows as an increase. */
    void known(AccountSid account) {
        failures(account, 0);
    }

    void page(AccountSid account, ListedPage page, int published) {
        count("earshot_listing_pages", "Pages of accounts' lists that were published", account, 1);
        count("earshot_listing_seen", "Recordings in accounts' lists that were published", account, published);
        count(
                "earshot_listing_unusable",
                "Entries of accounts' lists without a call or a time, which nobody can register",
                account,
                page.unusable());
    }

    void failed(AccountSid account) {
        failures(account, 1);
    }

    private void failures(AccountSid account, int amount) {
        count("earshot_listing_failures", "Pages of accounts' lists that Twilio did not give", account, amount);
    }

    private void count(String name, String description, AccountSid account, int amount) {
        Counter.builder(name)
                .description(description)
                .tag("account", account.value())
                .register(meters)
                .increment(amount);
    }
}
