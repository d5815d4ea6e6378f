package dev.earshot.gateway.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeStack;
import dev.earshot.gateway.edge.StandInRecordings;
import dev.earshot.gateway.recording.Registration;
import dev.earshot.gateway.recording.Registration.News;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EdgeStack.class)
class WebhookIT {
    private static final String PATH = "/webhooks/twilio/recording-status";
    private static final String ACME = "AC000000000000000000000000000acc3e";
    private static final String SHARED = "AC0000000000000000000000000005a4ed";
    private static final String ACME_TOKEN = "acme-local-auth-token";

    @Inject
    StandInRecordings rows;

    @Test
    void aSignedCallbackRegistersAndAReplayChangesNothing() throws Exception {
        Map<String, String> form = form(ACME, "completed");
        form.put("RecordingDuration", "30");
        form.put("RecordingChannels", "2");
        form.put("RecordingStartTime", "Sat, 21 Nov 2026 01:00:00 +0100");

        assertThat(send("?tenant=acme", form, ACME_TOKEN).statusCode()).isEqualTo(204);
        Registration registered = rows.lastRegistration().orElseThrow();
        assertThat(registered.key().tenant().value()).isEqualTo("acme");
        assertThat(registered.news()).isEqualTo(News.COMPLETED);
        assertThat(registered.prefetch()).isFalse();
        assertThat(registered.facts().startedAt()).hasToString("Optional[2026-11-21T00:00:00Z]");
        assertThat(send("?tenant=acme", form, ACME_TOKEN).statusCode()).isEqualTo(204);
        assertThat(send("", form, ACME_TOKEN).statusCode()).isEqualTo(204);
    }

    @Test
    void everyRefusalIsTheSameBytes() throws Exception {
        Map<String, String> form = form(ACME, "completed");

        Response badSignature = send("", form, "wrong token");
        Response unknownAccount = send("", form("AC" + "e".repeat(32), "completed"), ACME_TOKEN);
        Response anotherTenant = send("?tenant=globex", form, ACME_TOKEN);
        Response sharedWithoutTenant = send("", form(SHARED, "completed"), "shared-local-auth-token");
        Response noAccount = given().contentType("application/x-www-form-urlencoded")
                .body("a=b")
                .post(PATH);

        for (Response refused :
                new Response[] {badSignature, unknownAccount, anotherTenant, sharedWithoutTenant, noAccount}) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.asString()).isEqualTo(badSignature.asString());
            assertThat(refused.headers().asList())
                    .isEqualTo(badSignature.headers().asList());
        }
    }

    @Test
    void aSharedAccountsTenantIsTheSignedParameter() throws Exception {
        Map<String, String> form = form(SHARED, "absent");

        assertThat(send("?tenant=globex", form, "shared-local-auth-token").statusCode())
                .isEqualTo(204);

        Registration registered = rows.lastRegistration().orElseThrow();
        assertThat(registered.key().tenant().value()).isEqualTo("globex");
        assertThat(registered.news()).isEqualTo(News.ABSENT);
        assertThat(registered.prefetch()).isTrue();
    }

    @Test
    void aSignedCallbackThatMakesNoSenseIs400() throws Exception {
        assertThat(send("", form(ACME, "nonsense"), ACME_TOKEN).statusCode()).isEqualTo(400);
    }

    private static Map<String, String> form(String account, String status) {
        Map<String, String> form = new TreeMap<>();
        form.put("AccountSid", account);
        form.put("CallSid", "CA" + "3".repeat(32));
        form.put("RecordingSid", EdgeKit.recordingSid().value());
        form.put("RecordingStatus", status);
        form.put("RecordingUrl", "https://api.twilio.com/x?a=b&c=d");
        return form;
    }

    private static Response send(String query, Map<String, String> form, String token) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String text = "https://earshot.example" + PATH + query
                + form.entrySet().stream()
                        .map(field -> field.getKey() + field.getValue())
                        .collect(Collectors.joining());
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return given().urlEncodingEnabled(false)
                .header(
                        "X-Twilio-Signature",
                        Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body)
                .post(PATH + query);
    }
}
