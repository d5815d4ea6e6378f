package dev.earshot.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.tenant.FileAccounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookProbeTest {
    private static final String OWN = "AC" + "1".repeat(32);
    private static final String SHARED = "AC" + "2".repeat(32);
    private static final URI WEBHOOK = URI.create("https://calls.example/webhooks/twilio/recording-status");

    @TempDir
    private Path folder;

    @BeforeEach
    void accounts() throws IOException {
        Files.writeString(
                folder.resolve("own.json"),
                "{\"accountSid\":\"" + OWN + "\",\"tenant\":\"acme\",\"webhookAuthTokens\":[\"token-1\"]}");
        Files.writeString(
                folder.resolve("shared.json"),
                "{\"accountSid\":\"" + SHARED + "\",\"shared\":true,\"webhookAuthTokens\":[\"token-2\"]}");
    }

    @Test
    void theGatewaysOwnCheckBelievesIt() {
        WebhookProbe probe = probe(WEBHOOK + "?tenant=acme#rc=5&rp=all");

        assertThat(probe.url()).isEqualTo(URI.create(WEBHOOK + "?tenant=acme"));
        assertThat(TwilioSignature.verifies(request(probe), List.of("token-1"))).isTrue();
        assertThat(TwilioSignature.verifies(request(probe), List.of("token-2"))).isFalse();
        assertThat(request(probe).form()).containsOnlyKeys("AccountSid");
    }

    @Test
    void theAccountIsOneThatMayNameTheWebhooksTenant() {
        assertThat(probe(WEBHOOK + "?tenant=globex").body()).isEqualTo("AccountSid=" + SHARED);
        assertThat(probe(WEBHOOK.toString()).body()).isEqualTo("AccountSid=" + OWN);
    }

    @Test
    void aSharedAccountNamesATenantSinceItMust() throws IOException {
        Files.delete(folder.resolve("own.json"));

        assertThat(probe(WEBHOOK.toString()).url()).isEqualTo(URI.create(WEBHOOK + "?tenant=doctor"));
    }

    @Test
    void withoutAnAccountThereIsNone() throws IOException {
        Files.delete(folder.resolve("shared.json"));

        assertThat(WebhookProbe.of(URI.create(WEBHOOK + "?tenant=globex"), FileAccounts.read(folder)))
                .isEmpty();
    }

    @Test
    void itGoesWhereTheWorldReachesTheGateway() {
        assertThat(WebhookProbe.urlAt(URI.create("https://calls.example/"))).isEqualTo(WEBHOOK);
    }

    private WebhookProbe probe(String webhook) {
        return WebhookProbe.of(URI.create(webhook), FileAccounts.read(folder)).orElseThrow();
    }

    private static SignedRequest request(WebhookProbe probe) {
        return new SignedRequest(
                probe.url().toString(),
                Optional.ofNullable(probe.url().getRawQuery()).orElse(""),
                false,
                probe.body(),
                Optional.of(probe.signature()));
    }
}
