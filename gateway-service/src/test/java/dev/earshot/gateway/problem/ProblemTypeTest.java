package dev.earshot.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {
    /** Codes are API: this list grows, and no line of it ever changes. */
    @Test
    void codesStayAsTheyAre() {
        assertThat(Arrays.stream(ProblemType.values()).map(type -> type.status() + " " + type.code()))
                .containsExactlyInAnyOrder(
                        "401 unauthenticated",
                        "401 ticket-expired",
                        "401 ticket-invalid",
                        "400 malformed-sid",
                        "400 invalid-request",
                        "400 bad-request",
                        "403 role-missing",
                        "403 tenant-missing",
                        "403 account-not-allowed",
                        "403 webhook-refused",
                        "403 recording-too-large",
                        "403 foreign-origin",
                        "403 forbidden",
                        "404 recording-not-found",
                        "404 recording-absent",
                        "404 recording-not-ready",
                        "404 peaks-absent",
                        "404 not-found",
                        "405 method-not-allowed",
                        "406 not-acceptable",
                        "408 request-timeout",
                        "409 registration-conflict",
                        "409 reconcile-running",
                        "410 recording-deleted",
                        "410 source-deleted",
                        "410 recording-expired",
                        "412 precondition-failed",
                        "413 body-too-large",
                        "415 unsupported-media-type",
                        "416 range-not-satisfiable",
                        "429 rate-limited",
                        "500 internal-error",
                        "503 fetch-failed",
                        "503 recording-unplayable",
                        "503 too-many-streams",
                        "503 too-many-subscribers",
                        "503 database-unavailable",
                        "503 store-unavailable",
                        "503 kafka-unavailable",
                        "503 identity-provider-unavailable");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "999,1", "1000,1", "1001,2", "0,1", "-5000,1", "900000,900"})
    void retryAfterIsWholeSecondsAndAtLeastOne(long millis, String expected) {
        Problem problem = Problem.of(ProblemType.FETCH_FAILED).retryAfter(Duration.ofMillis(millis));

        assertThat(problem.headers()).containsEntry("Retry-After", expected);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void aDocumentTellsNothingOfTheRequest(ProblemType type) {
        var document = ProblemTable.render(Problem.of(type)).build();

        assertThat(document.getInstance()).isNull();
        assertThat(document.getHeaders()).containsEntry("Cache-Control", "no-store");
        assertThat(document.getParameters()).containsEntry("code", type.code());
    }

    @ParameterizedTest
    @CsvSource({
        "418,BAD_REQUEST",
        "400,BAD_REQUEST",
        "404,NOT_FOUND",
        "405,METHOD_NOT_ALLOWED",
        "500,INTERNAL_ERROR",
        "599,INTERNAL_ERROR"
    })
    void everyStatusHasARow(int status, ProblemType type) {
        assertThat(ProblemType.ofStatus(status)).isEqualTo(type);
    }
}
