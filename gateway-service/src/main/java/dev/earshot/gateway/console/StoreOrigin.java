package dev.earshot.gateway.console;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.delivery.Delivery;
import dev.earshot.gateway.delivery.Wanted;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Where a tenant's players are sent in redirect delivery, which the page's policy must allow. Read off a URL that is signed like any other
 * and never used: whatever makes up such a URL, this is its origin.
 */
@Singleton
class StoreOrigin {
    private static final Logger LOG = Logger.getLogger(StoreOrigin.class);
    private static final RecordingSid NO_RECORDING = new RecordingSid("RE" + "0".repeat(32));
    private static final Sha256 NO_SHA256 = new Sha256("0".repeat(64));

    private final Delivery delivery;
    private final String bucket;

    StoreOrigin(Delivery delivery, @ConfigProperty(name = "earshot.store.bucket") String bucket) {
        this.delivery = delivery;
        this.bucket = bucket;
    }

    /** Nothing while audio comes through the gateway; nor if the store's credentials cannot be had, for then none will play. */
    Uni<Optional<String>> of(Optional<Tenant> tenant) {
        return tenant.filter(delivery::redirects)
                .map(redirected -> delivery.url(nothing(redirected))
                        .map(url -> Optional.of(PublicOrigin.of(URI.create(url.value()))))
                        .onFailure()
                        .invoke(failure ->
                                LOG.warn("The console's page cannot be told where audio comes from", failure))
                        .onFailure()
                        .recoverWithItem(Optional.empty()))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Wanted nothing(Tenant tenant) {
        String key = new RecordingKey(tenant, NO_RECORDING).objectKey(1);
        return new Wanted(
                new StoredObject(bucket, key, 1, NO_SHA256, "none", "audio/mpeg"), true, "inline", Duration.ZERO);
    }
}
