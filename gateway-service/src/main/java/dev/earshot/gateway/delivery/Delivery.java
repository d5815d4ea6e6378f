package dev.earshot.gateway.delivery;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.tenant.DeliveryMode;
import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Where a tenant's listeners are sent. */
@ApplicationScoped
public class Delivery {
    private final Tenants tenants;
    private final DeliveryConfig config;
    private final SignedUrls store;
    private final Optional<CdnUrls> cdn;
    private final Clock clock;

    Delivery(Tenants tenants, DeliveryConfig config, SignedUrls store, Clock clock) {
        this.tenants = tenants;
        this.config = config;
        this.store = store;
        this.cdn = cdn(config);
        this.clock = clock;
    }

    static Optional<CdnUrls> cdn(DeliveryConfig config) {
        return config.cdn().baseUrl().flatMap(base -> config.cdn().signingKey().map(key -> new CdnUrls(base, key)));
    }

    /** Whether the tenant's listeners are redirected; its own wish goes before the deployment's. */
    public boolean redirects(Tenant tenant) {
        return tenants.policy(tenant).delivery().orElse(config.mode()) == DeliveryMode.REDIRECT;
    }

    /** Where to send a listener who was let in. Fails if the store's credentials cannot be had. */
    public Uni<SignedUrl> url(Wanted wanted) {
        Duration lifetime = lifetime(wanted.playingTime());
        return cdn.map(urls -> Uni.createFrom()
                        .item(() -> urls.sign(wanted, clock.instant().plus(lifetime))))
                .orElseGet(() -> store.sign(wanted, lifetime));
    }

    private Duration lifetime(Duration playingTime) {
        Duration lifetime = config.lifetime().plus(playingTime);
        return lifetime.compareTo(config.longestLifetime()) > 0 ? config.longestLifetime() : lifetime;
    }
}
