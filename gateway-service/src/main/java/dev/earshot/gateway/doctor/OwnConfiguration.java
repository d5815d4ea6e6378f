package dev.earshot.gateway.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import dev.earshot.gateway.StartupChecks;
import dev.earshot.gateway.fetch.OutcomesConfig;
import dev.earshot.gateway.fetch.PrefetchConfig;
import dev.earshot.gateway.fetch.SweeperConfig;
import dev.earshot.gateway.fetch.VisibilityConfig;
import dev.earshot.gateway.notify.WaitersConfig;
import dev.earshot.gateway.recording.DatabaseConfig;
import dev.earshot.gateway.recording.FetchConfig;
import dev.earshot.gateway.recording.VanishedBreaker;
import dev.earshot.gateway.store.S3ControlConfig;
import dev.earshot.gateway.tenant.AccountsConfig;
import dev.earshot.gateway.tenant.FileAccounts;
import java.time.Duration;
import java.util.List;

/** What the gateway itself looks at when it starts: bounds that contradict each other, and the accounts' files. */
final class OwnConfiguration {
    private static final String NAME = "configuration";
    private static final String ACCOUNTS = "earshot.accounts.directory";

    private OwnConfiguration() {}

    static Check check(Settings settings) {
        return new Check(NAME, List.of(), () -> {
            bounds(settings);
            int accounts = accounts(settings).sids().size();
            return List.of(
                    accounts > 0
                            ? Finding.ok(NAME, "no key contradicts another one; " + accounts + " Twilio account(s)")
                            : Finding.warning(
                                    NAME,
                                    "there is no Twilio account: every webhook is refused",
                                    "put a JSON file for each account into the folder",
                                    ACCOUNTS));
        });
    }

    /** @throws Misconfigured if a file is not as it must be */
    static FileAccounts accounts(Settings settings) {
        try {
            return FileAccounts.read(settings.of(AccountsConfig.class).directory());
        } catch (IllegalStateException e) {
            throw new Misconfigured(String.valueOf(e.getMessage()), List.of(ACCOUNTS));
        }
    }

    private static void bounds(Settings settings) {
        try {
            new StartupChecks(
                    settings.of(FetchConfig.class),
                    settings.of(SweeperConfig.class),
                    settings.of(PrefetchConfig.class),
                    settings.of(OutcomesConfig.class),
                    settings.of(VisibilityConfig.class),
                    settings.of(VanishedBreaker.Config.class),
                    settings.of(S3ControlConfig.class),
                    settings.of(DatabaseConfig.class),
                    settings.optional("quarkus.datasource.reactive.idle-timeout", Duration.class),
                    settings.of(WaitersConfig.class),
                    settings.optional("mp.messaging.connector.smallrye-kafka.delivery.timeout.ms", Long.class)
                            .orElse(120_000L));
        } catch (IllegalStateException e) {
            throw Settings.contradiction(e);
        }
    }
}
