package dev.earshot.gateway;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The identity provider is not there when the gateway starts, which the core does not notice; and short waits. */
public final class NoProviderProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                // Nothing listens on the discard port.
                "%test.quarkus.oidc.auth-server-url", "http://127.0.0.1:9/none",
                "%test.quarkus.oidc.connection-retry-count", "1",
                "earshot.sweeper.interval", "200ms",
                "earshot.store.visibility-wait", "3s",
                "earshot.fetch.backoff.initial", "300ms");
    }
}
