package dev.earshot.gateway.tenant;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long the recordings of a tenant are kept that says nothing about it. */
@ConfigMapping(prefix = "earshot.retention")
public interface RetentionConfig {
    /**
     * Audio that nobody played for so long is evicted, at least a day; never if it is not set. A tenant's own {@code
     * evictAfterUnplayed} wins.
     */
    Optional<Duration> evictAfterUnplayed();

    /**
     * A recording is deleted so long after its call (or its registration, where the call's time is unknown), at least a day;
     * never if it is not set. A tenant's own {@code deleteAfter} wins.
     */
    Optional<Duration> deleteAfter();
}
