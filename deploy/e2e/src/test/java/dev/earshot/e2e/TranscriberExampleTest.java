package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.earshot.e2e.support.ConsumerGroups;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example consumers, run as deploy/examples says: a recording is handed over once, whatever happens to the consumer. */
@Tag("long")
class TranscriberExampleTest {
    /** Either is compiled first, which takes its time on a machine that does something else. */
    private static final Duration STARTING = Duration.ofMinutes(2);

    private static final byte[] OTHER_AUDIO = {'I', 'D', '3'};
    private static final String TOKEN = "Bearer a token of ";
    private static final Path EXAMPLE = Stack.root().resolve("deploy/examples/transcriber");

    enum Language {
        JAVA {
            @Override
            List<String> command() {
                return List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        Stack.root()
                                .resolve("deploy/local/target/earshot-local.jar")
                                .toString(),
                        "Transcriber.java");
            }
        },
        TYPESCRIPT {
            @Override
            List<String> command() {
                assertThat(EXAMPLE.resolve("node_modules"))
                        .as("run ./earshot test, or npm ci in " + EXAMPLE)
                        .isDirectory();
                return List.of("sh", "-c", "npm run --silent build && exec node build/transcriber.js");
            }
        };

        abstract List<String> command();
    }

    @TempDir
    Path folder;

    private final List<Process> consumers = new ArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Map<String, Answer> instead = new ConcurrentHashMap<>();
    private HttpServer gateway;

    /** Told, and never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body) {
        static Answer of(Response real) {
            return new Answer(real.statusCode(), real.asByteArray());
        }

        static Answer json(int status, String body) {
            return new Answer(status, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void startGateway() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/api/recordings/", exchange -> {
            try (exchange) {
                String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                Answer answer = answer(exchange.getRequestURI().getPath(), authorization.replace(TOKEN, ""));
                exchange.sendResponseHeaders(answer.status(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        });
        gateway.start();
    }

    /** The real gateway's, but for the first two: audio that is not what the event tells of, and what a foreign token gets. */
    private Answer answer(String path, String tenant) {
        Answer told = instead.get(path);
        if (told != null) {
            return told;
        }
        String sid = path.split("/")[3];
        if (!path.endsWith("/stream")) {
            return Answer.of(Listener.of(tenant).info(sid));
        }
        return switch (fetches.getAndIncrement()) {
            case 0 -> new Answer(200, OTHER_AUDIO);
            case 1 -> Answer.of(Listener.of("globex").stream(sid));
            default -> Answer.of(Listener.of(tenant).streamWaiting(sid, 20));
        };
    }

    private void tell(Recorded recorded, String what, Answer answer) {
        instead.put("/api/recordings/" + recorded.recordingSid() + what, answer);
    }

    @AfterEach
    void endAll() {
        consumers.forEach(TranscriberExampleTest::kill);
        gateway.stop(0);
    }

    @Test
    void in_typescript_a_recording_is_handed_over_once_though_its_event_comes_again_and_the_consumer_is_killed()
            throws IOException, InterruptedException {
        handsOverOnce(Language.TYPESCRIPT);
    }

    @Test
    void in_java_a_recording_is_handed_over_once_though_its_event_comes_again_and_the_consumer_is_killed()
            throws IOException, InterruptedException {
        handsOverOnce(Language.JAVA);
    }

    private void handsOverOnce(Language language) throws IOException, InterruptedException {
        String group = "transcriber-" + language;
        Map<TopicPartition, Long> beginning = ConsumerGroups.end(Topics.FETCH_OUTCOMES);
        ConsumerGroups.commit(group, beginning);
        Recorded unplayable = Recordings.stored("acme");
        tell(unplayable, "/stream", Answer.json(503, "{\"code\":\"recording-unplayable\",\"retryable\":false}"));
        Recorded replaced = Recordings.stored("acme");
        tell(replaced, "/stream", new Answer(200, OTHER_AUDIO));
        String current = Listener.sha256(new ByteArrayInputStream(OTHER_AUDIO));
        tell(replaced, "", Answer.json(200, "{\"sha256\":\"" + current + "\"}"));
        Recorded first = Recordings.stored("acme");
        Process killed = start(language, group);
        within(STARTING, () -> assertThat(handed(first)).as("%s", said()).containsExactly(line(first)));

        kill(killed);
        // As if the kill had come before the commit; the broker takes a moment to miss the dead.
        eventually(() -> assertThat(ConsumerGroups.members(group)).isEmpty());
        ConsumerGroups.commit(group, beginning);
        again(first);
        Recorded second = Recordings.stored("acme");
        Process restarted = start(language, group);

        within(
                STARTING,
                () -> assertThat(ConsumerGroups.lag(group, Topics.FETCH_OUTCOMES))
                        .isZero());
        assertThat(handed(first)).as("%s", said()).containsExactly(line(first));
        assertThat(handed(second)).containsExactly(line(second));
        assertThat(said())
                .filteredOn(said -> said.contains("known already") && said.contains(first.recordingSid()))
                .hasSize(2);
        assertThat(said()).filteredOn(said -> said.contains("not the bytes")).hasSize(1);
        assertThat(said())
                .filteredOn(said -> said.contains("trying again") && said.contains("be of another tenant"))
                .hasSize(1);
        assertPassedOver(unplayable, "never to be played");
        assertPassedOver(replaced, "replaced by newer audio");
        restarted.destroy();
        assertThat(restarted.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).last().asString().endsWith("stopped");
    }

    private void assertPassedOver(Recorded recorded, String why) throws IOException {
        assertThat(handed(recorded)).isEmpty();
        assertThat(said()).anyMatch(said -> said.contains(why) && said.contains(recorded.recordingSid()));
    }

    private Process start(Language language, String group) throws IOException {
        ProcessBuilder consumer = new ProcessBuilder(language.command())
                .directory(EXAMPLE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("said.log").toFile()));
        consumer.environment()
                .putAll(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        "KAFKA_BOOTSTRAP",
                        Stack.running().at("/kafkaBootstrap"),
                        "EARSHOT_URL",
                        "http://127.0.0.1:" + gateway.getAddress().getPort(),
                        "GROUP",
                        group,
                        "HANDLED",
                        folder.resolve("handled.log").toString(),
                        "AGAIN_AFTER_SECONDS",
                        "1",
                        "TOKEN_COMMAND",
                        "echo \"a token of $TENANT\"",
                        "HANDED",
                        folder.resolve("handed").toString(),
                        "TRANSCRIBER",
                        "echo \"$TENANT $RECORDING_SID $(sha256sum < \"$AUDIO\")\" >> \"$HANDED\""));
        Process started = consumer.start();
        consumers.add(started);
        return started;
    }

    private static void kill(Process consumer) {
        consumer.descendants().forEach(ProcessHandle::destroyForcibly);
        consumer.destroyForcibly().onExit().join();
    }

    /** What its writer would send if it did not know whether the first one had arrived. */
    private static void again(Recorded recorded) {
        eventually(() -> assertThat(Events.seen().on(Topics.FETCH_OUTCOMES, recorded.recordingSid()))
                .isNotEmpty());
        ConsumerRecord<String, byte[]> sent = Events.seen()
                .on(Topics.FETCH_OUTCOMES, recorded.recordingSid())
                .findFirst()
                .orElseThrow();
        Events.publish(new ProducerRecord<>(sent.topic(), null, sent.key(), sent.value(), sent.headers()));
    }

    private static String line(Recorded recorded) {
        return "acme " + recorded.recordingSid() + " " + recorded.sha256() + "  -";
    }

    /** The other language's recordings come to this consumer, too. */
    private List<String> handed(Recorded recorded) throws IOException {
        Path file = folder.resolve("handed");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.stream()
                .filter(line -> line.contains(recorded.recordingSid()))
                .toList();
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("said.log"));
    }
}
