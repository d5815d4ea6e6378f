package dev.earshot.doctor.topics;

import java.util.Optional;

/**
 * A topic that is there.
 *
 * @param replicas of its worst partition
 * @param settings empty if we may not see them
 */
record Present(int partitions, int replicas, Optional<Settings> settings) {
    /**
     * What is set.
     *
     * @param cleanup {@code cleanup.policy}
     * @param retentionMillis {@code retention.ms}, -1 for ever
     */
    record Settings(String cleanup, long retentionMillis) {}
}
