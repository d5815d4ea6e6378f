package dev.earshot.gateway.tenant;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the files when the service starts, so that a mistake in them refuses the start and not the first request. */
@ApplicationScoped
class TenantFiles {
    @Produces
    @Singleton
    @Startup
    Accounts accounts(AccountsConfig config) {
        return FileAccounts.read(config.directory());
    }

    @Produces
    @Singleton
    @Startup
    Tenants tenants(TenantsConfig config, PlaybackWindowConfig window, RetentionConfig retention) {
        return FileTenants.read(config.directory(), window.value(), byDefault(retention));
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
