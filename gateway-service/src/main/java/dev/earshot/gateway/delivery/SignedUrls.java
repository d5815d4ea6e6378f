package dev.earshot.gateway.delivery;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The port to the store's own signed URLs. */
public interface SignedUrls {
    /**
     * A URL that gives exactly this object, whole or by ranges, to anybody, for so long, with the stored media type and
     * the wanted disposition. It need not exist. With temporary credentials it ends when they do.
     */
    Uni<SignedUrl> sign(Wanted wanted, Duration lifetime);
}
