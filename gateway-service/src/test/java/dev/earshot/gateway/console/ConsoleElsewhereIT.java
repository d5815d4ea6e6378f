package dev.earshot.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.delivery.ElsewhereProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Where audio comes from the store itself, the page may play it from there, and only those whose audio does. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(ElsewhereProfile.class)
class ConsoleElsewhereIT {
    private static final String PLAY = "recordings:play";

    @ConfigProperty(name = "quarkus.s3.endpoint-override")
    URI store;

    @Test
    void whoeverIsRedirectedMayPlayFromTheStore() {
        String origin = "http://" + store.getAuthority();

        assertThat(policy("acme"))
                .contains("; media-src 'self' blob: " + origin + ";")
                .contains("; connect-src 'self' http://127.0.0.1:8085 " + origin + ";");
    }

    @Test
    void whoeverIsNotMayNot() {
        assertThat(policy(ElsewhereProfile.PROXIED))
                .contains("; media-src 'self' blob:;")
                .doesNotContain(store.getAuthority());
    }

    private static String policy(String tenant) {
        return Browser.signedIn(tenant, PLAY).get("/console/").header("Content-Security-Policy");
    }
}
