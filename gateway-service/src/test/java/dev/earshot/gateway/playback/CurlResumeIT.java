package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real curl: an interrupted download is resumed to the exact bytes. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlResumeIT {
    /** More than the kernels on the way keep while curl takes its time. */
    private static final int SIZE = 24_000_000;

    private static final long ENOUGH = 1_000_000;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Inject
    EdgeKit kit;

    private @Nullable Stored stored;

    private Path file = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("recording.mp3");
        log = folder.resolve("curl.log");
    }

    @AfterEach
    void heal() {
        kit.relay("s3", "heal");
    }

    @Test
    void aClientThatIsKilledResumes() throws Exception {
        Process curl = curl("--fail", "--limit-rate", "8M");
        OnVertx.until("some bytes are there", () -> bytesThere() > ENOUGH);
        curl.destroyForcibly().waitFor();
        long there = bytesThere();

        assertThat(ended(curl("--fail", "-C", "-"))).isZero();

        assertThat(there).isLessThan(SIZE);
        assertExact();
    }

    /** The gateway has promised a length and breaks the connection: curl does not take that for the end. */
    @Test
    void aDownloadThatTheStoreCutOffIsResumed() throws Exception {
        Process curl = curl("--fail", "--limit-rate", "8M");
        OnVertx.until("some bytes are there", () -> bytesThere() > ENOUGH);
        kit.relay("s3", "cut");
        assertThat(ended(curl)).isNotZero();
        long there = bytesThere();
        kit.relay("s3", "heal");

        OnVertx.until("the store is back", () -> ended(curl("--fail", "-C", "-")) == 0);

        assertThat(there).isLessThan(SIZE);
        assertExact();
    }

    /** A 416 tells curl that there is nothing left, unless it is told to fail on every 4xx. */
    @Test
    void whatIsCompleteStaysAsItIs() throws Exception {
        assertThat(ended(curl("--fail"))).isZero();
        assertThat(ended(curl("-C", "-"))).isZero();

        assertExact();
    }

    private Stored stored() {
        if (stored == null) {
            stored = kit.ready("acme", SIZE);
        }
        return stored;
    }

    private Process curl(String... options) {
        String token = kit.token(Map.of("tenant", "acme", "roles", List.of("recordings:play")));
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-o", file.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-H",
                "Authorization: Bearer " + token,
                "http://localhost:" + RestAssured.port + "/api/recordings/" + stored().sid() + "/stream"));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int ended(Process curl) {
        try {
            assertThat(curl.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return curl.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            curl.destroyForcibly();
        }
    }

    private long bytesThere() {
        return file.toFile().length();
    }

    private void assertExact() throws Exception {
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))))
                .as(Files.readString(log))
                .isEqualTo(stored().object().sha256().hex());
    }
}
