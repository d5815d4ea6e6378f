package dev.earshot.gateway.tenant;

import dev.earshot.events.Tenant;

/** Whose the recordings of a Twilio account are. */
public sealed interface Owner {
    /** One tenant's, and nobody else may name the account. */
    record OfTenant(Tenant tenant) implements Owner {}

    /** Several tenants': only the signed webhook or an operator says whose each recording is. */
    record Shared() implements Owner {}
}
