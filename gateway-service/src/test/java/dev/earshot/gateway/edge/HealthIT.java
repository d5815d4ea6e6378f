package dev.earshot.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.QuickProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said while a shared dependency is away, and what listeners get. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(QuickProfile.class)
class HealthIT {
    private static final String PLAY = "recordings:play";

    @Inject
    EdgeKit kit;

    @AfterEach
    void heal() {
        for (String relay : new String[] {"postgres", "kafka", "s3"}) {
            kit.relay(relay, "heal");
        }
        for (String name : new String[] {"database", "kafka", "store", "listen"}) {
            until(name + " is back", () -> told(name).equals("ok"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgres,database,cut",
        "postgres,database,stall",
        "postgres,listen,cut",
        "kafka,kafka,cut",
        "kafka,kafka,stall",
        "s3,store,cut",
        "s3,store,stall"
    })
    void aDependencyThatIsAwayIsToldAndTakesNoReplicaOut(String relay, String name, String how) {
        kit.relay(relay, how);

        until(name + " is degraded", () -> told(name).equals("degraded"));
        long since = System.nanoTime();
        Response ready = ready();

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void theMetricIsTrueThoughNobodyReadsTheHealthBody() {
        until("the metric tells 1", () -> metric("store").equals("1.0"));

        kit.relay("s3", "cut");

        until("the metric tells 0", () -> metric("store").equals("0.0"));
    }

    @Test
    void withoutTheDatabaseEveryAnswerIs503() {
        EdgeKit.Stored stored = kit.ready(QuickProfile.PROXIED, 10);
        kit.relay("postgres", "cut");

        kit.as(QuickProfile.PROXIED, PLAY)
                .get("/api/recordings/" + stored.sid() + "/stream")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("database-unavailable"))
                .body("retryable", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource({"cut", "stall"})
    void withoutTheStoreAStreamIs503AndItsHeadIsStillKnown(String how) {
        EdgeKit.Stored stored = kit.ready(QuickProfile.PROXIED, 10);
        String path = "/api/recordings/" + stored.sid() + "/stream";
        kit.relay("s3", how);

        kit.as(QuickProfile.PROXIED, PLAY)
                .get(path)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("store-unavailable"));
        kit.as(QuickProfile.PROXIED, PLAY).head(path).then().statusCode(200).header("Content-Length", "10");
    }

    private String told(String name) {
        return String.valueOf(ready().jsonPath().<Object>get("checks.find { it.name == 'gateway' }.data." + name));
    }

    private Response ready() {
        return given().get(management() + "/q/health/ready");
    }

    private static String metric(String dependency) {
        String line = "earshot_dependency_up{dependency=\"" + dependency + "\"} ";
        return given().get(management() + "/q/metrics")
                .asString()
                .lines()
                .filter(each -> each.startsWith(line))
                .map(each -> each.substring(line.length()))
                .findFirst()
                .orElse("");
    }

    private static String management() {
        return "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
    }

    private static void until(String what, BooleanSupplier holds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
