package dev.earshot.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"OK, 0, 0", "WARNING, 0, 0", "UNREACHABLE, 1, 0", "ERROR, 1, 1"})
    void anOutageFailsAnExaminationButNoStartOfAPod(Severity severity, int code, int initCode) {
        Check check = check("thing", new Finding("thing", severity, "so it is", "", List.of()));

        assertThat(run(List.of(check))).isEqualTo(code);
        assertThat(run(List.of(check), "--init")).isEqualTo(initCode);
    }

    @Test
    void aCheckThatHangsOrBreaksHidesNoOther() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Check hanging = new Check("hanging", List.of("quarkus.s3.endpoint-override"), () -> {
            never.await();
            return List.of();
        });
        Check broken = new Check("broken", List.of("kafka.bootstrap.servers"), () -> {
            throw new IllegalStateException("password=hunter2");
        });
        Check bad = new Check("bad", List.of(), () -> {
            throw new Misconfigured("it is not set", List.of("earshot.store.bucket"));
        });

        List<Finding> findings = new Checkup(Duration.ofMillis(200))
                .of(List.of(hanging, broken, bad, check("fine", Finding.ok("fine", "works"))));

        assertThat(Report.text("gateway", findings))
                .containsSubsequence(
                        "unreachable  hanging",
                        "quarkus.s3.endpoint-override (QUARKUS_S3_ENDPOINT_OVERRIDE)",
                        "unreachable  broken",
                        "kafka.bootstrap.servers (KAFKA_BOOTSTRAP_SERVERS)",
                        "error        bad            it is not set",
                        "earshot.store.bucket (EARSHOT_STORE_BUCKET)",
                        "ok           fine           works")
                .doesNotContain("hunter2");
    }

    @Test
    void theReportForProgramsIsOneObjectOnOneLine() {
        run(
                List.of(check("thing", Finding.error("thing", "a \"quoted\" word", "do this", "earshot.public-url"))),
                "--json");

        assertThat(printed())
                .isEqualTo(
                        "{\"service\":\"gateway\",\"findings\":[{\"severity\":\"error\",\"check\":\"thing\","
                                + "\"found\":\"a \\\"quoted\\\" word\",\"change\":\"do this\",\"keys\":[\"earshot.public-url\"]}]}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--jason", "--probe", "--probe a_b", "--timeout", "--timeout 0", "--timeout soon", "acme"})
    void whatItDoesNotUnderstandItSays(String arguments) {
        assertThat(run(List.of(), arguments.split(" "))).isEqualTo(2);
        assertThat(printed()).contains("doctor: ").contains("--init");
    }

    private static Check check(String name, Finding... findings) {
        return new Check(name, List.of(), () -> Arrays.asList(findings));
    }

    private int run(List<Check> checks, String... arguments) {
        return Doctor.run(
                "gateway",
                (settings, wanted) -> checks,
                Map.of(),
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                arguments);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
