package dev.earshot.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.NoProviderProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The identity provider is not there when the gateway starts. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(NoProviderProfile.class)
class DependenciesAwayIT {
    @Inject
    EdgeKit kit;

    @Test
    void requestsThatCannotBeVerifiedAre503AndTheRestWorks() {
        String token = kit.token(Map.of("tenant", "acme", "roles", List.of("recordings:play")));
        String path = "/api/recordings/" + EdgeKit.recordingSid().value() + "/stream";

        given().auth()
                .oauth2(token)
                .get(path)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("identity-provider-unavailable"));
        given().get("/nowhere").then().statusCode(404);
    }

    @Test
    void theConsoleSaysThatNobodyCanBeSignedIn() {
        given().redirects()
                .follow(false)
                .header("Host", "earshot.example")
                .get("/console/")
                .then()
                .statusCode(503)
                .contentType(startsWith("text/html"))
                .body(containsString("does not answer"));
        given().cookie("q_session_console", "any")
                .get("/console/session")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("identity-provider-unavailable"));
        given().cookie("q_session_console", "any")
                .get("/api/recordings")
                .then()
                .statusCode(503)
                .body("code", equalTo("identity-provider-unavailable"));
        given().get("/console/signed-out").then().statusCode(200);
    }
}
