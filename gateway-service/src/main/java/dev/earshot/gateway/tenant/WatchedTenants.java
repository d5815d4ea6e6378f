package dev.earshot.gateway.tenant;

import dev.earshot.events.Tenant;
import java.util.function.Supplier;

/**
 * The tenants as the files tell now.
 *
 * @param now the last state that could be read
 */
record WatchedTenants(Supplier<FileTenants> now) implements Tenants {
    @Override
    public TenantPolicy policy(Tenant tenant) {
        return now.get().policy(tenant);
    }
}
