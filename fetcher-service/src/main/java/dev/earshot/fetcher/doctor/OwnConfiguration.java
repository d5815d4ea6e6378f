package dev.earshot.fetcher.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import dev.earshot.fetcher.StartupChecks;
import dev.earshot.fetcher.fetch.FetchConfig;
import dev.earshot.fetcher.outcome.OutcomeConfig;
import dev.earshot.fetcher.peaks.PeaksConfig;
import dev.earshot.fetcher.request.RequestConfig;
import dev.earshot.fetcher.spool.SpoolConfig;
import dev.earshot.fetcher.store.StoreConfig;
import dev.earshot.fetcher.twilio.AccountsConfig;
import dev.earshot.fetcher.twilio.MediaConfig;
import dev.earshot.fetcher.twilio.TwilioAccounts;
import dev.earshot.fetcher.twilio.TwilioConfig;
import java.util.List;

/** What the fetcher itself looks at when it starts: bounds that contradict each other, and the accounts' files. */
final class OwnConfiguration {
    static final String ACCOUNTS = "earshot.accounts.directory";
    private static final String NAME = "configuration";

    private OwnConfiguration() {}

    static Check check(Settings settings) {
        return new Check(NAME, List.of(), () -> {
            int accounts = accounts(settings).size();
            bounds(settings, accounts);
            return List.of(
                    accounts > 0
                            ? Finding.ok(NAME, "no key contradicts another one; " + accounts + " Twilio account(s)")
                            : Finding.warning(
                                    NAME,
                                    "there is no Twilio account: nothing can be fetched",
                                    "put a JSON file for each account into the folder",
                                    ACCOUNTS));
        });
    }

    /** @throws Misconfigured if a file is not as it must be */
    static TwilioAccounts accounts(Settings settings) {
        try {
            return new TwilioAccounts(
                    settings.of(AccountsConfig.class).directory(),
                    settings.of(TwilioConfig.class).baseUrl());
        } catch (IllegalStateException e) {
            throw new Misconfigured(String.valueOf(e.getMessage()), List.of(ACCOUNTS));
        }
    }

    private static void bounds(Settings settings, int accounts) {
        try {
            new StartupChecks(
                    settings.of(FetchConfig.class),
                    settings.of(MediaConfig.class),
                    settings.of(TwilioConfig.class),
                    settings.of(StoreConfig.class),
                    settings.of(SpoolConfig.class),
                    settings.of(RequestConfig.class),
                    settings.of(OutcomeConfig.class),
                    settings.of(PeaksConfig.class),
                    accounts);
        } catch (IllegalStateException e) {
            throw Settings.contradiction(e);
        }
    }
}
