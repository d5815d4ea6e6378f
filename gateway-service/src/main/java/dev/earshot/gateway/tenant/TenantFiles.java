package dev.earshot.gateway.tenant;

import dev.earshot.gateway.watch.FileWatch;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Reads the files when the service starts, so that a mistake in them refuses the start and not the first request, and
 * again while it runs.
 */
@ApplicationScoped
class TenantFiles {
    @Produces
    @Singleton
    @Startup
    Accounts accounts(AccountsConfig config, FileWatch watch) {
        return new WatchedAccounts(
                watch.over("accounts", () -> FileAccounts.read(config.directory()), FileAccounts::isEmpty));
    }

    @Produces
    @Singleton
    @Startup
    Tenants tenants(TenantsConfig config, PlaybackWindowConfig window, RetentionConfig retention, FileWatch watch) {
        Retention byDefault = byDefault(retention);
        return new WatchedTenants(watch.over(
                "tenants",
                () -> FileTenants.read(config.directory(), window.value(), byDefault),
                FileTenants::isEmpty));
    }

    private static Retention byDefault(RetentionConfig config) {
        try {
            return new Retention(config.evictAfterUnplayed(), config.deleteAfter());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The configuration cannot work: earshot.retention.evict-after-unplayed and"
                            + " earshot.retention.delete-after: " + e.getMessage(),
                    e);
        }
    }
}
