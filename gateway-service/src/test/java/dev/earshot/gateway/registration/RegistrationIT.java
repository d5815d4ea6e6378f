package dev.earshot.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.recording.RecordingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class RegistrationIT {
    private static final String WRITE = "recordings:write";
    private static final String ACME = "AC000000000000000000000000000acc3e";
    private static final String GLOBEX = "AC00000000000000000000000000910be8";
    private static final String SHARED = "AC0000000000000000000000000005a4ed";
    private static final String CALL = "CA" + "1".repeat(32);

    @Inject
    EdgeKit kit;

    @Test
    void newThenKnownThenConflicting() {
        String sid = EdgeKit.recordingSid().value();

        put(sid, ACME, CALL, WRITE).statusCode(201).header("Location", equalTo("/api/recordings/" + sid));
        put(sid, ACME, CALL, WRITE).statusCode(200).body("state", equalTo("registered"));
        put(sid, ACME, "CA" + "2".repeat(32), WRITE)
                .statusCode(409)
                .body("code", equalTo("registration-conflict"))
                .body("field", equalTo("callSid"));
    }

    @Test
    void aTombstoneStaysOne() {
        String sid =
                kit.row("acme", new RecordingState.Deleted()).recordingSid().value();

        put(sid, ACME, CALL, WRITE).statusCode(410).body("code", equalTo("recording-deleted"));
    }

    @Test
    void onlyTheTenantsOwnAccountMayBeNamed() {
        String sid = EdgeKit.recordingSid().value();

        put(sid, GLOBEX, CALL, WRITE).statusCode(403).body("code", equalTo("account-not-allowed"));
        put(sid, "AC" + "f".repeat(32), CALL, WRITE).statusCode(403).body("code", equalTo("account-not-allowed"));
        put(sid, SHARED, CALL, WRITE).statusCode(403).body("code", equalTo("account-not-allowed"));
        put(sid, SHARED, CALL, "earshot:operator").statusCode(201);
    }

    @Test
    void whatIsWrongIsNamed() {
        String sid = EdgeKit.recordingSid().value();

        put("CA" + "1".repeat(32), ACME, CALL, WRITE).statusCode(400).body("code", equalTo("malformed-sid"));
        put(sid, "AC1", CALL, WRITE).statusCode(400).body("detail", containsString("accountSid"));
        put(sid, ACME, CALL, "recordings:play").statusCode(403).body("code", equalTo("role-missing"));
        kit.as("acme", WRITE)
                .contentType("text/plain")
                .body("x")
                .put("/api/recordings/" + sid)
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported-media-type"));
        int tooLarge = kit.as("acme", WRITE)
                .contentType("application/json")
                .body("x".repeat(1_100_000))
                .put("/api/recordings/" + sid)
                .statusCode();
        assertThat(tooLarge).isEqualTo(413);
    }

    private ValidatableResponse put(String sid, String account, String call, String role) {
        return kit.as("acme", role)
                .contentType("application/json")
                .body("{\"accountSid\":\"" + account + "\",\"callSid\":\"" + call + "\"}")
                .put("/api/recordings/" + sid)
                .then();
    }
}
