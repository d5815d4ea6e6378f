import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Hands every recording that is ready to a transcriber, once. How to run it, and why it is made so: ../README.md.
 *
 * <p>Kafka delivers at least once: whoever dies before the commit gets the event again. So what was handled is written
 * down first and committed then, and an event that is written down is not handled again, in this life or the next.
 */
public final class Transcriber {
    private static final String TOPIC = "earshot.fetch-outcomes.v1";
    private static final String READY = "dev.earshot.recording.ready.v1";
    private static final Duration AGAIN_AFTER =
            Duration.ofSeconds(Long.parseLong(setting("AGAIN_AFTER_SECONDS", "10")));
    private static final Duration MOST_FOR_ONE = Duration.ofMinutes(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new HashMap<>();
    private final Memory memory = new Memory(Path.of(setting("HANDLED", "handled.log")));
    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of(
                    "bootstrap.servers", setting("KAFKA_BOOTSTRAP", "127.0.0.1:19092"),
                    "group.id", setting("GROUP", "transcriber"),
                    // Who is killed is missed after so long; then its partitions go to whoever is there.
                    "session.timeout.ms", "6000",
                    "heartbeat.interval.ms", "1500",
                    "auto.offset.reset", "earliest",
                    "enable.auto.commit", "false",
                    "max.poll.records", "1",
                    "max.poll.interval.ms",
                            String.valueOf(MOST_FOR_ONE.multipliedBy(2).toMillis())),
            new StringDeserializer(),
            new ByteArrayDeserializer());

    private Transcriber() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        Transcriber transcriber = new Transcriber();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            transcriber.consumer.wakeup();
            join(main);
        }));
        transcriber.run();
    }

    private void run() throws Exception {
        try (consumer) {
            consumer.subscribe(List.of(TOPIC));
            say("reading " + TOPIC);
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    take(record);
                }
            }
        } catch (WakeupException stopped) {
            say("stopped");
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            handle(record);
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
        } catch (WakeupException stopped) {
            throw stopped;
        } catch (KafkaException uncommitted) {
            say("not committed, so it comes again and is known then: " + uncommitted.getMessage());
        } catch (IOException failed) {
            // The same record again, and nothing before it: an event that is left out is a recording without a
            // transcript.
            say("trying again in " + AGAIN_AFTER.toSeconds() + " s: " + failed.getMessage());
            consumer.seek(partition, record.offset());
            TimeUnit.SECONDS.sleep(AGAIN_AFTER.toSeconds());
        }
    }

    /** @throws IOException what may pass: the event is not handled yet */
    private void handle(ConsumerRecord<String, byte[]> record) throws IOException, InterruptedException {
        if (!READY.equals(header(record, "ce_type"))) {
            return;
        }
        String id = header(record, "ce_id");
        String event = JSON.writeValueAsString(List.of(header(record, "ce_source"), id));
        if (memory.has(event)) {
            say("known already: " + id);
            return;
        }
        JsonNode ready = json(record.value());
        say((ready.isMissingNode() ? "no JSON" : handOver(id, ready)) + ": " + id);
        memory.add(event);
    }

    private String handOver(String id, JsonNode ready) throws IOException, InterruptedException {
        Path audio = Files.createTempFile("recording-", ".audio");
        try {
            HttpResponse<Path> answer = fetch(ready, audio);
            if (answer.statusCode() != 200) {
                return passOver(answer, ready);
            }
            String sha256 = sha256(audio);
            if (!sha256.equals(ready.at("/object/sha256").asText())) {
                if (sha256.equals(currentSha256(ready))) {
                    return "replaced by newer audio, which has an event of its own";
                }
                throw new IOException("these are not the bytes that the event tells of");
            }
            return transcribe(id, ready, audio) ? "handed over" : "refused by the transcriber";
        } finally {
            Files.delete(audio);
        }
    }

    /**
     * Says why this recording will never be had.
     *
     * @throws IOException what may pass, or what somebody has to mend
     */
    private String passOver(HttpResponse<Path> answer, JsonNode ready) throws IOException {
        int status = answer.statusCode();
        JsonNode problem = json(Files.readAllBytes(answer.body()));
        String code = problem.path("code").asText();
        String said = place(answer.uri()) + " answered " + status + " " + code;
        if (status == 410 || status == 404 && code.equals("recording-absent")) {
            return "gone meanwhile (" + said + ")";
        }
        if (status == 503 && !problem.path("retryable").asBoolean(true)) {
            return "never to be played (" + said + ")";
        }
        if (status == 401 || status == 403 || status == 404) {
            // Another tenant's recording is answered as one that does not exist, and must not be taken for one.
            tokens.clear();
            said += "; the token for " + ready.path("tenant").asText() + " may have expired, or be of another tenant";
        }
        throw new IOException(said);
    }

    private HttpResponse<Path> fetch(JsonNode ready, Path audio) throws IOException, InterruptedException {
        HttpResponse<Path> answer = send(
                // The gateway reads the same event, perhaps a moment later than we do.
                ask(ready, "/stream").header("Prefer", "wait=20"), BodyHandlers.ofFile(audio));
        if (answer.statusCode() != 302) {
            return answer;
        }
        // Redirect delivery: the signed URL is enough, and a store refuses a second credential.
        return send(redirected(answer), BodyHandlers.ofFile(audio));
    }

    /** Of the audio that there is now, as the gateway knows it; an ETag may be the store's, and is no hash then. */
    private String currentSha256(JsonNode ready) throws IOException, InterruptedException {
        return json(send(ask(ready, ""), BodyHandlers.ofByteArray()).body())
                .path("sha256")
                .asText();
    }

    private HttpRequest.Builder ask(JsonNode ready, String what) throws IOException, InterruptedException {
        String gateway = setting("EARSHOT_URL", "http://127.0.0.1:8080");
        return HttpRequest.newBuilder(
                        URI.create(gateway + "/api/recordings/" + ready.path("recordingSid").asText() + what))
                .header("Authorization", "Bearer " + token(ready.path("tenant").asText()));
    }

    private static HttpRequest.Builder redirected(HttpResponse<?> answer) throws IOException {
        try {
            return HttpRequest.newBuilder(
                    answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow()));
        } catch (IllegalArgumentException | NoSuchElementException unusable) {
            // Its text is the signed URL, which plays to whoever reads it in a log.
            throw new IOException(place(answer.uri()) + " redirects to no URL");
        }
    }

    /** The whole body within a bound; a request's own time-out ends with the head. */
    private <T> HttpResponse<T> send(HttpRequest.Builder builder, BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        var answer = http.sendAsync(request, body);
        try {
            return answer.get(MOST_FOR_ONE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            answer.cancel(true);
            throw new IOException(place(request.uri()) + " failed: " + failed, failed);
        }
    }

    /** A URL as it may be logged: the query of a signed one is a credential. */
    private static String place(URI uri) {
        return uri.getHost() + uri.getPath();
    }

    /** What is no JSON, such as a proxy's page or a store's XML, has no members. */
    private static JsonNode json(byte[] text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            return MissingNode.getInstance();
        }
    }

    /** A token is one tenant's. Whatever gives you tokens is a command here, asked again when one has expired. */
    private String token(String tenant) throws IOException, InterruptedException {
        String known = tokens.get(tenant);
        if (known == null) {
            Process asked = shell(setting("TOKEN_COMMAND", ""), Map.of("TENANT", tenant))
                    .start();
            known = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (asked.waitFor() != 0 || known.isEmpty()) {
                throw new IOException("TOKEN_COMMAND gave no token for " + tenant);
            }
            tokens.put(tenant, known);
        }
        return known;
    }

    /** @return false if the transcriber says that it never will: exit code 65, the EX_DATAERR of sysexits */
    private boolean transcribe(String id, JsonNode ready, Path audio) throws IOException, InterruptedException {
        Map<String, String> facts = Map.of(
                // At least once: if we die before it is written down, the transcriber hears of this event again.
                "EVENT_ID", id,
                "TENANT", ready.path("tenant").asText(),
                "CALL_SID", ready.path("callSid").asText(),
                "RECORDING_SID", ready.path("recordingSid").asText(),
                "CONTENT_TYPE", ready.at("/object/contentType").asText(),
                "AUDIO", audio.toString());
        Process running = shell(setting("TRANSCRIBER", ""), facts)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!running.waitFor(MOST_FOR_ONE.toSeconds(), TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new IOException("the transcriber took too long");
        }
        return switch (running.exitValue()) {
            case 0 -> true;
            case 65 -> false;
            default -> throw new IOException("the transcriber ended with " + running.exitValue());
        };
    }

    private static ProcessBuilder shell(String command, Map<String, String> facts) {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().putAll(facts);
        return shell;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv().getOrDefault(name, otherwise);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("set " + name + ": see README.md");
        }
        return value;
    }

    private static void say(String what) {
        System.out.println(Instant.now() + " " + what);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was handled, a line each; several processes keep it in a database of theirs instead. */
    private static final class Memory {
        /** Longer than the topic keeps anything: what is older cannot come again. */
        private static final Duration KEPT = Duration.ofDays(30);

        private final Set<String> events = new LinkedHashSet<>();
        private final FileOutputStream file;

        Memory(Path path) throws IOException {
            StringBuilder kept = new StringBuilder();
            for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
                String[] parts = line.split(" ", 2);
                if (parts.length == 2
                        && Instant.parse(parts[0]).isAfter(Instant.now().minus(KEPT))
                        && events.add(parts[1])) {
                    kept.append(line).append('\n');
                }
            }
            Path shorter = Path.of(path + ".new");
            try (FileOutputStream out = new FileOutputStream(shorter.toFile())) {
                out.write(kept.toString().getBytes(StandardCharsets.UTF_8));
                // Else a power cut may leave the new name with nothing behind it, and all would be handed over again.
                out.getChannel().force(true);
            }
            Files.move(shorter, path, StandardCopyOption.ATOMIC_MOVE);
            file = new FileOutputStream(path.toFile(), true);
        }

        boolean has(String event) {
            return events.contains(event);
        }

        /** On the disk when this returns. */
        void add(String event) throws IOException {
            file.write((Instant.now() + " " + event + "\n").getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
            events.add(event);
        }
    }
}
