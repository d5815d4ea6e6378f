package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.playback.RawConnection.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Somebody writes other bytes under our key, which nothing of ours ever does: not one of them is sent. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class OneVersionIT {
    private static final int SIZE = 12_000_000;
    /** More than the kernels on both sides keep for a listener who does not read. */
    private static final int FIRST_PART = 11_500_000;

    @Inject
    EdgeKit kit;

    @Inject
    S3AsyncClient s3;

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=0-9", "bytes=0-9,20-29"})
    void anotherVersionIsNotSent(String range) throws IOException {
        Stored stored = kit.ready("acme", 1000);
        overwrite(stored);

        try (RawConnection connection = new RawConnection("localhost", RestAssured.port)) {
            Answer answer = connection.ask("GET", path(stored), lines(range));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("\"code\":\"store-unavailable\"");
        }
    }

    @Test
    void noAnswerMixesTwoVersions() throws IOException {
        Stored stored = kit.ready("acme", SIZE);
        ByteRange first = new ByteRange(0, FIRST_PART - 1);
        ByteRange second = new ByteRange(SIZE - 1000, SIZE - 1);
        try (RawConnection connection = new RawConnection("localhost", RestAssured.port, 64 * 1024)) {
            connection.send("GET", path(stored), lines(first.header() + "," + second.first() + "-"));
            Answer head = connection.head();
            byte[] begin = connection.read(100_000);

            overwrite(stored);
            byte[] rest = connection.readUntilItBreaks();

            byte[] received = joined(begin, rest);
            byte[] promised = promised(stored, head, first, second);
            assertThat(head.status()).isEqualTo(206);
            assertThat(head.field("Content-Length")).contains(String.valueOf(promised.length));
            // The first part was open already and is of the old version; the second is not there any more.
            assertThat(received.length).isLessThan(promised.length - 1000);
            assertThat(Arrays.mismatch(received, promised)).isEqualTo(received.length);
        }
    }

    private static byte[] promised(Stored stored, Answer head, ByteRange first, ByteRange second) {
        String boundary = head.field("Content-Type").orElseThrow().replaceFirst(".*boundary=", "");
        AudioBody body = AudioBody.several(List.of(first, second), boundary, "audio/mpeg", SIZE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (AudioBody.Part part : body.parts()) {
            bytes.writeBytes(part.head().getBytes(StandardCharsets.US_ASCII));
            bytes.write(stored.bytes(), (int) part.range().first(), (int)
                    part.range().length());
        }
        bytes.writeBytes(body.end().getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] begin, byte[] rest) {
        byte[] all = Arrays.copyOf(begin, begin.length + rest.length);
        System.arraycopy(rest, 0, all, begin.length, rest.length);
        return all;
    }

    /** The same size and type, other bytes. */
    private void overwrite(Stored stored) {
        byte[] other = stored.bytes().clone();
        for (int i = 0; i < other.length; i++) {
            other[i] ^= 0x55;
        }
        s3.putObject(
                        put -> put.bucket(stored.object().bucket())
                                .key(stored.object().key())
                                .contentType("audio/mpeg"),
                        AsyncRequestBody.fromBytes(other))
                .join();
    }

    private List<String> lines(String range) {
        String token = kit.token(Map.of("tenant", "acme", "roles", List.of("recordings:play")));
        return range.isEmpty()
                ? List.of("Authorization: Bearer " + token)
                : List.of("Authorization: Bearer " + token, "Range: " + range);
    }

    private static String path(Stored stored) {
        return "/api/recordings/" + stored.sid() + "/stream";
    }
}
