package dev.earshot.gateway.tenant;

import dev.earshot.events.Tenant;

/** The tenants' policies. */
public interface Tenants {
    /** What the tenant wants; the defaults if nothing is configured for it. */
    TenantPolicy policy(Tenant tenant);
}
