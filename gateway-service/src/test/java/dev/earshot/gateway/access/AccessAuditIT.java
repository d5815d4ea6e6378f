package dev.earshot.gateway.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earshot.events.EventCodec;
import dev.earshot.events.RecordingAccessed;
import dev.earshot.events.RecordingAccessed.Credential;
import dev.earshot.events.RecordingAccessed.Outcome;
import dev.earshot.events.RecordingAccessed.Range;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import dev.earshot.gateway.edge.TopicReader;
import dev.earshot.gateway.edge.WatchedStack;
import dev.earshot.gateway.recording.RecordingState;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Who listened to what, as others read it from the topic. */
@QuarkusTest
@TestProfile(WatchedStack.Profile.class)
class AccessAuditIT {
    private static final String PLAY = "recordings:play";
    private static final int SIZE = 16_000_000;

    @Inject
    EdgeKit kit;

    @Inject
    MeterRegistry meters;

    @Test
    void everyPlaybackIsToldOnceWithWhoAndHowMuch() throws Exception {
        Stored stored = kit.ready("acme", 1000);
        try (TopicReader topics = new TopicReader()) {
            kit.as("acme", PLAY).get(stream(stored)).then().statusCode(200);
            RecordingAccessed whole = next(topics, stored, 1);
            kit.as("acme", PLAY)
                    .header("Range", "bytes=0-1")
                    .get(stream(stored))
                    .then()
                    .statusCode(206);
            RecordingAccessed first = next(topics, stored, 2);
            kit.as("acme", PLAY)
                    .header("Range", "bytes=10-")
                    .get(stream(stored))
                    .then()
                    .statusCode(206);
            RecordingAccessed part = next(topics, stored, 3);
            kit.as("acme", PLAY).head(stream(stored)).then().statusCode(200);
            RecordingAccessed head = next(topics, stored, 4);
            kit.as("acme", PLAY)
                    .header("If-None-Match", "*")
                    .get(stream(stored))
                    .then()
                    .statusCode(304);
            RecordingAccessed known = next(topics, stored, 5);
            kit.as("acme", PLAY)
                    .header("Range", "bytes=1000-")
                    .get(stream(stored))
                    .then()
                    .statusCode(416);
            RecordingAccessed refused = next(topics, stored, 6);
            String url = kit.as("acme", PLAY)
                    .post("/api/recordings/" + stored.sid() + "/playback-ticket")
                    .path("url");
            given().urlEncodingEnabled(false)
                    .get(stream(stored) + url.substring(url.indexOf('?')))
                    .then()
                    .statusCode(200);
            RecordingAccessed byTicket = next(topics, stored, 7);

            assertThat(whole.subject()).isEqualTo("somebody@acme");
            assertThat(whole.credential()).isEqualTo(Credential.TOKEN);
            assertIs(whole, Range.WHOLE, Outcome.COMPLETE, 200, 1000);
            assertIs(first, Range.FIRST, Outcome.COMPLETE, 206, 2);
            assertIs(part, Range.PART, Outcome.COMPLETE, 206, 990);
            assertIs(head, Range.HEAD, Outcome.COMPLETE, 200, 0);
            assertIs(known, Range.NONE, Outcome.NOT_MODIFIED, 304, 0);
            assertIs(refused, Range.NONE, Outcome.REFUSED, 416, 0);
            assertIs(byTicket, Range.WHOLE, Outcome.COMPLETE, 200, 1000);
            assertThat(byTicket.credential()).isEqualTo(Credential.TICKET);
            assertThat(byTicket.subject()).isEqualTo("somebody@acme");
        }
    }

    @Test
    void aListenerWhoLeavesIsToldOfWithWhatWasSent() throws Exception {
        Stored stored = kit.ready("acme", SIZE);
        String token = kit.token(Map.of("tenant", "acme", "roles", List.of(PLAY)));
        try (TopicReader topics = new TopicReader()) {
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(16 * 1024);
                socket.connect(new java.net.InetSocketAddress("localhost", RestAssured.port));
                socket.getOutputStream()
                        .write(("GET " + stream(stored) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + token + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }

            RecordingAccessed left = next(topics, stored, 1);

            assertThat(left.outcome()).isEqualTo(Outcome.CUT_SHORT);
            assertThat(left.range()).isEqualTo(Range.WHOLE);
            assertThat(left.bytesSent()).isLessThan(SIZE);
        }
    }

    @Test
    void whatIsNotThereIsNoPlayback() throws Exception {
        Stored stored = kit.ready("acme", 10);
        String registered =
                kit.row("acme", new RecordingState.Deleted()).recordingSid().value();
        try (TopicReader topics = new TopicReader()) {
            kit.as("acme", PLAY)
                    .get("/api/recordings/" + registered + "/stream")
                    .then()
                    .statusCode(410);
            kit.as("acme", PLAY)
                    .get("/api/recordings/" + EdgeKit.recordingSid().value() + "/stream")
                    .then()
                    .statusCode(404);
            kit.as("globex", PLAY).get(stream(stored)).then().statusCode(404);
            kit.as("acme", PLAY).get("/api/recordings/" + stored.sid()).then().statusCode(200);
            kit.as("acme", PLAY).get(stream(stored)).then().statusCode(200);
            next(topics, stored, 1);

            assertThat(topics.naming(registered)).isEmpty();
            assertThat(topics.naming(stored.sid())).hasSize(1);
        }
    }

    /** The broker is not there, and nobody who plays notices; afterwards the events come. */
    @Test
    void playingGoesOnWithoutTheBroker() throws Exception {
        Stored stored = kit.ready("acme", 1000);
        try (TopicReader topics = new TopicReader()) {
            kit.relay("kafka", "stall");
            try {
                for (int i = 0; i < 20; i++) {
                    kit.as("acme", PLAY).get(stream(stored)).then().statusCode(200);
                }
            } finally {
                kit.relay("kafka", "heal");
            }

            next(topics, stored, 20);
            assertThat(meters.counter("earshot.access.audit.dropped", "reason", "no-room")
                            .count())
                    .isZero();
        }
    }

    /** The so-manieth event of this recording. */
    private static RecordingAccessed next(TopicReader topics, Stored stored, int which) throws Exception {
        ConsumerRecord<String, byte[]> record = topics.await(
                which + " events of " + stored.sid(),
                "earshot.access.v1",
                stored.key().kafkaKey(),
                which);
        JsonNode data = new ObjectMapper().readTree(record.value());
        assertThat(data.get("tenant").textValue()).isEqualTo("acme");
        return (RecordingAccessed) EventCodec.read(
                record.key(),
                name -> EventCodec.text(
                        record.headers().lastHeader(name) == null
                                ? null
                                : record.headers().lastHeader(name).value()),
                record.value());
    }

    private static void assertIs(RecordingAccessed event, Range range, Outcome outcome, int status, long bytes) {
        assertThat(event.range()).isEqualTo(range);
        assertThat(event.outcome()).isEqualTo(outcome);
        assertThat(event.status()).isEqualTo(status);
        assertThat(event.bytesSent()).isEqualTo(bytes);
    }

    private static String stream(Stored stored) {
        return "/api/recordings/" + stored.sid() + "/stream";
    }
}
