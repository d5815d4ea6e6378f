package dev.earshot.gateway;

import dev.earshot.gateway.delivery.TestCdn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One gateway for all who need that it waits briefly, or rations what nobody else asks for: each of them would take as long as
 * its tests to start. Listeners are sent to a CDN; whose audio shall come through the gateway is of {@link #PROXIED}.
 */
public final class QuickProfile implements QuarkusTestProfile {
    /** Whose audio comes through the gateway. */
    public static final String PROXIED = "proxied";
    /** Whose audio is evicted after 30 days without a listener. */
    public static final String EVICTS = "evicts-after-30-days";
    /** Whose recordings are deleted a year after the call. */
    public static final String DELETES = "deletes-after-a-year";
    /** How many objects may be missing in a minute. */
    public static final int MISSING = 4;
    /** Younger objects are not deleted by a reconcile. */
    public static final Duration SAFETY_AGE = Duration.ofSeconds(6);
    /** How many objects without a row one reconcile deletes. */
    public static final int UNKNOWN = 3;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                // Here there is no console.
                Map.entry("%test.earshot.console.client-id", ""),
                Map.entry("%test.earshot.console.cookie-secret", ""),
                Map.entry("%test.earshot.console.simulator-url", ""),
                Map.entry("earshot.sweeper.interval", "200ms"),
                // What shall be seen as it was marked is marked in bulk, of which nothing is started.
                Map.entry("earshot.prefetch.in-flight", "0"),
                Map.entry("earshot.retention.interval", "300ms"),
                // Pages that end in the middle of everything.
                Map.entry("earshot.reconcile.page-size", "3"),
                Map.entry("earshot.reconcile.safety-age", SAFETY_AGE.toSeconds() + "s"),
                Map.entry("earshot.reconcile.max-unknown", Integer.toString(UNKNOWN)),
                Map.entry("earshot.store.vanished-per-minute", Integer.toString(MISSING)),
                Map.entry("earshot.health.interval", "200ms"),
                Map.entry("earshot.store.playback.first-byte-timeout", "1s"),
                Map.entry("earshot.playback.read-stall", "1s"),
                Map.entry("earshot.playback.max-streams", "1"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TenantFolder.class), new TestResourceEntry(TestCdn.class));
    }

    /** Instead of the stack's own tenants. */
    public static final class TenantFolder implements QuarkusTestResourceLifecycleManager {
        @Override
        public int order() {
            return 100;
        }

        @Override
        public Map<String, String> start() {
            try {
                Path folder = Files.createTempDirectory("tenants");
                file(folder, PROXIED, "\"delivery\":\"proxy\"");
                file(folder, EVICTS, "\"evictAfterUnplayed\":\"P30D\"");
                file(folder, DELETES, "\"deleteAfter\":\"P365D\"");
                return Map.of("earshot.tenants.directory", folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void file(Path folder, String tenant, String wish) throws IOException {
            Files.writeString(folder.resolve(tenant + ".json"), "{\"tenant\":\"" + tenant + "\"," + wish + "}");
        }

        @Override
        public void stop() {
            // A few bytes in the system's temporary folder.
        }
    }
}
