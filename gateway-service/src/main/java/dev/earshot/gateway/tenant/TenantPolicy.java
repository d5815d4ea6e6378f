package dev.earshot.gateway.tenant;

import dev.earshot.events.AudioFormat;
import java.time.Duration;
import java.util.Optional;

/**
 * What one tenant wants.
 *
 * @param prefetch whether a completed recording is fetched before anybody asks
 * @param playbackWindow how old a recording may be when its first fetch is claimed
 * @param format what to download
 * @param delivery how audio reaches its listeners; empty: as the deployment has it
 * @param retention how long recordings are kept
 */
public record TenantPolicy(
        boolean prefetch,
        Duration playbackWindow,
        AudioFormat format,
        Optional<DeliveryMode> delivery,
        Retention retention) {
    /** @throws IllegalArgumentException if the window is not positive */
    public TenantPolicy {
        if (playbackWindow.isZero() || playbackWindow.isNegative()) {
            throw new IllegalArgumentException("playbackWindow must be more than zero");
        }
    }
}
