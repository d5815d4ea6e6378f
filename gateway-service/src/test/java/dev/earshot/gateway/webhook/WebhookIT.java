package dev.earshot.gateway.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
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
@QuarkusTestResource(LocalStack.class)
class WebhookIT {
    private static final String PATH = "/webhooks/twilio/recording-status";
    private static final String ACME = "AC000000000000000000000000000acc3e";
    private static final String SHARED = "AC0000000000000000000000000005a4ed";
    private static final String ACME_TOKEN = "acme-local-auth-token";

    @Inject
    EdgeKit kit;

    @Test
    void aSignedCallbackRegistersAndAReplayChangesNothing() throws Exception {
        Map<String, String> form = form(ACME, "completed");
        form.put("RecordingDuration", "30");
        form.put("RecordingChannels", "2");
        form.put("RecordingStartTime", "Sat, 21 Nov 2026 01:00:00 +0100");

        assertThat(send("?tenant=acme", form, ACME_TOKEN).statusCode()).isEqualTo(204);
        known("acme", form)
                .statusCode(200)
                .body("state", equalTo("registered"))
                .body("startedAt", equalTo("2026-11-21T00:00:00Z"))
                .body("durationSeconds", equalTo(30))
                .body("channels", equalTo(2));
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
            assertThat(EdgeKit.fields(refused)).isEqualTo(EdgeKit.fields(badSignature));
        }
    }

    @Test
    void aSharedAccountsTenantIsTheSignedParameter() throws Exception {
        Map<String, String> form = form(SHARED, "absent");

        assertThat(send("?tenant=globex", form, "shared-local-auth-token").statusCode())
                .isEqualTo(204);

        known("globex", form).statusCode(200).body("state", equalTo("failed")).body("reason", equalTo("absent"));
        known("acme", form).statusCode(404);
    }

    private ValidatableResponse known(String tenant, Map<String, String> form) {
        return kit.as(tenant, "recordings:play")
                .get("/api/recordings/" + form.get("RecordingSid"))
                .then();
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
