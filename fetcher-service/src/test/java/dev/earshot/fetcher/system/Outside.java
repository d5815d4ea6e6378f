package dev.earshot.fetcher.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.CallSid;
import dev.earshot.events.EventCodec;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.ObjectRef;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.events.Topics;
import dev.earshot.events.UnreadableEventException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the world around the fetcher does: Twilio records, the gateway asks, somebody reads the topics. */
final class Outside implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode stack = LocalStack.coordinates();
    private final KafkaProducer<String, byte[]> producer;

    Outside() {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new StringSerializer(), new ByteArraySerializer());
    }

    String bucket() {
        return stack.path("s3").path("bucket").asText();
    }

    /** A recording of acme's; the options are the simulator's. */
    JsonNode record(Map<String, Object> options) throws Exception {
        ObjectNode body = JSON.valueToTree(options);
        if (!options.containsKey("accountSid")) {
            body.put("accountSid", account());
        }
        body.put("webhook", false);
        HttpResponse<String> made = http.send(
                HttpRequest.newBuilder(simulator("/simulator/recordings"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (made.statusCode() != 201) {
            throw new IllegalStateException("the simulator refused: " + made.body());
        }
        return JSON.readTree(made.body());
    }

    /** The account that recordings are of. */
    String account() {
        return stack.path("accounts").path(0).path("accountSid").asText();
    }

    /** Has the simulator make a sub-account of it, with an auth token that nobody is told. */
    void subAccount(String sid) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        body.put("authToken", UUID.randomUUID().toString());
        body.put("parentAccountSid", account());
        HttpResponse<String> made = http.send(
                HttpRequest.newBuilder(simulator("/simulator/accounts/" + sid))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (made.statusCode() != 200) {
            throw new IllegalStateException("the simulator refused: " + made.body());
        }
    }

    int mediaRequests(JsonNode recording) throws Exception {
        HttpResponse<String> seen = http.send(
                HttpRequest.newBuilder(simulator("/simulator/recordings/"
                                + recording.path("recordingSid").asText()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(seen.body()).findValue("mediaRequests").asInt();
    }

    /** Cuts, stalls or heals a part: {@code s3/cut}. */
    void relay(String command) throws Exception {
        HttpResponse<String> done = http.send(
                HttpRequest.newBuilder(URI.create(stack.path("controlUrl").asText() + "/control/relays/" + command))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (done.statusCode() >= 300) {
            throw new IllegalStateException("relay: " + done.statusCode() + " " + done.body());
        }
    }

    FetchRequested request(JsonNode recording, AudioFormat format, int channels, int attempt) {
        RecordingSid sid = new RecordingSid(recording.path("recordingSid").asText());
        Tenant tenant = new Tenant("acme");
        Instant now = Instant.now();
        return new FetchRequested(
                tenant,
                new AccountSid(recording.path("accountSid").asText()),
                new CallSid(recording.path("callSid").asText()),
                sid,
                new ObjectRef(bucket(), new RecordingKey(tenant, sid).objectKey(1)),
                format,
                channels,
                1,
                attempt,
                Lane.INTERACTIVE,
                now,
                now.plusSeconds(1800));
    }

    void ask(FetchRequested request) throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(request.lane().topic(), request.key().kafkaKey(), EventCodec.data(request));
        EventCodec.headers(request)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        var ignored = producer.send(record).get();
    }

    void send(String topic, String key, String value) throws Exception {
        var ignored = producer.send(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    /** The first outcomes of a recording, as many as are asked for. */
    List<RecordingEvent> outcomes(FetchRequested request, int count) {
        return read(Topics.FETCH_OUTCOMES, record -> request.key().kafkaKey().equals(record.key()), count).stream()
                .map(Outside::event)
                .toList();
    }

    RecordingEvent outcome(FetchRequested request) {
        return outcomes(request, 1).get(0);
    }

    List<ConsumerRecord<String, byte[]>> read(
            String topic, Predicate<ConsumerRecord<String, byte[]>> wanted, int count) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap(), "group.id", "test-" + UUID.randomUUID()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(it -> new TopicPartition(topic, it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                });
                if (found.size() >= count) {
                    return found;
                }
            }
            throw new AssertionError("only " + found.size() + " of " + count + " records came on " + topic);
        }
    }

    private static RecordingEvent event(ConsumerRecord<String, byte[]> record) {
        try {
            return EventCodec.read(
                    record.key(),
                    name -> {
                        var header = record.headers().lastHeader(name);
                        return header == null ? null : EventCodec.text(header.value());
                    },
                    record.value());
        } catch (UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }

    /** Past the relay, so that the test still sees what the fetcher does not. */
    private String bootstrap() {
        return stack.path("kafkaDirectBootstrap").asText();
    }

    private URI simulator(String path) {
        return URI.create(stack.path("simulatorDirectUrl").asText() + path);
    }

    @Override
    public void close() {
        producer.close();
    }
}
