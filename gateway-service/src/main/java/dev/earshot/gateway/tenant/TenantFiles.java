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
    Tenants tenants(TenantsConfig config, PlaybackWindowConfig window) {
        return FileTenants.read(config.directory(), window.value());
    }
}
