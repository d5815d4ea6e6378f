package dev.earshot.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Rounds that a test need not wait for, pages that end in the middle of everything, and tenants with limits. */
public final class KeepProfile implements QuarkusTestProfile {
    /** Whose audio is evicted after 30 days without a listener. */
    public static final String EVICTS = "evicts-after-30-days";
    /** Whose recordings are deleted a year after the call. */
    public static final String DELETES = "deletes-after-a-year";
    /** How many objects may be missing in a minute. */
    public static final int MISSING = 4;

    /** Younger objects are not deleted. */
    public static final Duration SAFETY_AGE = Duration.ofSeconds(6);
    /** How many objects without a row one run deletes. */
    public static final int UNKNOWN = 3;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "earshot.retention.interval",
                "300ms",
                "earshot.reconcile.page-size",
                "3",
                "earshot.reconcile.safety-age",
                SAFETY_AGE.toSeconds() + "s",
                "earshot.reconcile.max-unknown",
                Integer.toString(UNKNOWN),
                "earshot.store.vanished-per-minute",
                Integer.toString(MISSING),
                "earshot.sweeper.interval",
                "200ms");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Keepers.class));
    }

    /** Instead of the stack's own tenants. */
    public static final class Keepers implements QuarkusTestResourceLifecycleManager {
        @Override
        public int order() {
            return 100;
        }

        @Override
        public Map<String, String> start() {
            try {
                Path folder = Files.createTempDirectory("keepers");
                Files.writeString(
                        folder.resolve("evicts.json"),
                        "{\"tenant\":\"" + EVICTS + "\",\"evictAfterUnplayed\":\"P30D\"}");
                Files.writeString(
                        folder.resolve("deletes.json"), "{\"tenant\":\"" + DELETES + "\",\"deleteAfter\":\"P365D\"}");
                return Map.of("earshot.tenants.directory", folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            // A few bytes in the system's temporary folder.
        }
    }
}
