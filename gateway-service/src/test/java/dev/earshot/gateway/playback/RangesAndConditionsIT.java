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
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows of {@code ranges-and-conditions.txt}, asked one after the other on one raw connection: status, header fields and
 * body are compared to the byte. The file tells its columns and where each row comes from.
 */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RangesAndConditionsIT {
    private static final String TABLE = "/ranges-and-conditions.txt";
    private static final int LEAST_ROWS = 150;
    private static final String LAST_MODIFIED = "Wed, 04 Mar 2026 05:06:07 GMT";
    private static final String TYPE = "audio/mpeg";

    @Inject
    EdgeKit kit;

    private final Map<Integer, Stored> recordings = new HashMap<>();
    private String token = "";
    private @Nullable RawConnection connection;

    /** One row. */
    record Row(int line, String source, String method, int size, String lines, int status, String content) {
        @Override
        public String toString() {
            return line + " (" + source + ") " + method + " [" + lines + "] of " + size + " is " + status + " "
                    + content;
        }
    }

    static Stream<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                RangesAndConditionsIT.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                    rows.add(row(i + 1, lines.get(i)));
                }
            }
        }
        return rows.stream();
    }

    private static Row row(int line, String text) {
        String[] columns =
                Arrays.stream(text.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        assertThat(columns).as("line %s: %s", line, text).hasSize(6);
        return new Row(
                line,
                columns[0],
                columns[1],
                Integer.parseInt(columns[2]),
                columns[3],
                Integer.parseInt(columns[4]),
                columns[5]);
    }

    @Test
    void theTableIsLongEnoughAndEachRowSaysWhereItComesFrom() throws IOException {
        List<Row> rows = rows().toList();

        assertThat(rows).hasSizeGreaterThanOrEqualTo(LEAST_ROWS);
        assertThat(rows)
                .allMatch(row -> row.source().matches("(RFC|nginx|Apache|Safari|Chromium|Firefox|curl|ADR|VLC).*"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void holds(Row row) throws IOException {
        Stored stored = recordings.computeIfAbsent(row.size(), size -> kit.ready("acme", size));

        Answer answer = open().ask(row.method(), "/api/recordings/" + stored.sid() + "/stream", lines(row, stored));

        assertThat(answer.status()).as(answer.text()).isEqualTo(row.status());
        assertThat(answer.field("Date")).isPresent();
        switch (row.status()) {
            case 200, 206 -> isAudio(row, stored, answer);
            case 304 -> isNotModified(stored, answer);
            case 412 -> isProblem(row, answer, "precondition-failed");
            case 416 -> {
                isProblem(row, answer, "range-not-satisfiable");
                assertThat(answer.field("Content-Range")).contains("bytes */" + row.size());
                assertThat(answer.field("Accept-Ranges")).contains("bytes");
            }
            default -> throw new AssertionError("no such row: " + row);
        }
    }

    private static void isAudio(Row row, Stored stored, Answer answer) {
        hasValidators(stored, answer);
        assertThat(answer.field("Accept-Ranges")).contains("bytes");
        assertThat(answer.field("Transfer-Encoding")).isEmpty();
        List<ByteRange> parts = parts(row);
        if (row.status() == 200) {
            assertThat(row.content()).isEqualTo("whole");
            assertThat(answer.field("Content-Range")).isEmpty();
            is(row, answer, TYPE, stored.bytes());
        } else if (parts.size() == 1) {
            assertThat(answer.field("Content-Range")).contains("bytes " + row.content() + "/" + row.size());
            is(row, answer, TYPE, slice(stored, parts.get(0)));
        } else {
            String type = answer.field("Content-Type").orElseThrow();
            assertThat(type).matches("multipart/byteranges; boundary=[0-9a-f]{32}");
            // Section 15.3.7.2: the head of a multipart answer tells no range.
            assertThat(answer.field("Content-Range")).isEmpty();
            is(row, answer, type, multipart(stored, parts, type.substring(type.indexOf('=') + 1)));
        }
    }

    private static void is(Row row, Answer answer, String type, byte[] content) {
        assertThat(answer.field("Content-Type")).contains(type);
        assertThat(answer.field("Content-Length")).contains(String.valueOf(content.length));
        assertThat(answer.body()).isEqualTo(row.method().equals("HEAD") ? new byte[0] : content);
    }

    /** RFC 9110 section 15.4.5: what a 200 would have sent to keep a cache up to date, and nothing about content. */
    private static void isNotModified(Stored stored, Answer answer) {
        hasValidators(stored, answer);
        for (String name : List.of("Content-Length", "Content-Type", "Content-Range", "Transfer-Encoding")) {
            assertThat(answer.field(name)).as(name).isEmpty();
        }
    }

    private static void hasValidators(Stored stored, Answer answer) {
        assertThat(answer.field("ETag")).contains(etag(stored));
        assertThat(answer.field("Last-Modified")).contains(LAST_MODIFIED);
        assertThat(answer.field("Cache-Control")).contains("private, no-cache");
        assertThat(answer.field("Vary").orElseThrow()).contains("Authorization", "Cookie");
    }

    private static void isProblem(Row row, Answer answer, String code) {
        assertThat(answer.field("Content-Type").orElseThrow()).startsWith("application/problem+json");
        if (!row.method().equals("HEAD")) {
            assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        }
    }

    private static List<ByteRange> parts(Row row) {
        if (!row.content().matches("[0-9,-]+")) {
            return List.of();
        }
        return Arrays.stream(row.content().split(","))
                .map(part -> part.split("-"))
                .map(ends -> new ByteRange(Long.parseLong(ends[0]), Long.parseLong(ends[1])))
                .toList();
    }

    private static byte[] slice(Stored stored, ByteRange range) {
        return Arrays.copyOfRange(stored.bytes(), (int) range.first(), (int) range.last() + 1);
    }

    /** RFC 9110 section 14.6, written anew. */
    private static byte[] multipart(Stored stored, List<ByteRange> parts, String boundary) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (ByteRange part : parts) {
            body.writeBytes(("\r\n--" + boundary + "\r\nContent-Type: " + TYPE + "\r\nContent-Range: bytes "
                            + part.first() + "-" + part.last() + "/" + stored.bytes().length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(slice(stored, part));
        }
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private List<String> lines(Row row, Stored stored) {
        List<String> lines = new ArrayList<>(List.of("Authorization: Bearer " + token));
        if (!row.lines().isEmpty()) {
            for (String line : row.lines().split(" ;; ")) {
                lines.add(filled(line.strip(), stored));
            }
        }
        return lines;
    }

    private static String filled(String line, Stored stored) {
        return line.replace("{etag}", etag(stored))
                .replace("{unquoted}", stored.object().sha256().hex())
                .replace("{ETAG}", "\"" + stored.object().sha256().hex().toUpperCase(Locale.ROOT) + "\"")
                .replace("{date}", LAST_MODIFIED)
                .replace("{850}", "Wednesday, 04-Mar-26 05:06:07 GMT")
                .replace("{asctime}", "Wed Mar  4 05:06:07 2026")
                .replace("{before}", "Wed, 04 Mar 2026 05:06:06 GMT")
                .replace("{after}", "Wed, 04 Mar 2026 05:06:08 GMT")
                .replace("{future}", "Fri, 01 Jan 2100 00:00:00 GMT")
                .replace("{tab}", "\t")
                .replace("{17}", alternate(17))
                .replace("{16}", alternate(16))
                .replace("{500x}", "0-0,".repeat(500));
    }

    /** So many ranges that neither overlap nor touch. */
    private static String alternate(int count) {
        StringBuilder ranges = new StringBuilder();
        for (int i = 0; i < count; i++) {
            ranges.append(i == 0 ? "" : ",").append(2 * i).append('-').append(2 * i);
        }
        return ranges.toString();
    }

    private static String etag(Stored stored) {
        return "\"" + stored.object().sha256().hex() + "\"";
    }

    private RawConnection open() throws IOException {
        if (connection == null) {
            token = kit.token(Map.of("tenant", "acme", "roles", List.of("recordings:play")));
            connection = new RawConnection("localhost", RestAssured.port);
        }
        return connection;
    }

    @AfterAll
    void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }

    /** One that failed may have left bytes behind: the next begins anew. */
    @AfterEach
    void closeWhatIsNotAtItsEnd() throws IOException {
        if (connection != null && !connection.isAtRest()) {
            connection.close();
            connection = null;
        }
    }
}
