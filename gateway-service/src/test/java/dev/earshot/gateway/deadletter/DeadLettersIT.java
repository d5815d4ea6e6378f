package dev.earshot.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.earshot.events.DeadLetter;
import dev.earshot.events.Topics;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.QuickProfile;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters are listed and replayed on a real broker. Nobody here reads {@link Topics#LISTING_REQUESTS}. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
@TestProfile(QuickProfile.class)
class DeadLettersIT {
    private static final String PATH = "/api/admin/dead-letters";
    private static final String OPERATOR = "earshot:operator";
    private static final byte[] NOISE = "{\"tenant\": oops \u0000\u00fc".getBytes(StandardCharsets.UTF_8);

    @Inject
    EdgeKit kit;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    private final String mark = EdgeKit.recordingSid().value();

    @Test
    void whatFailsASecondTimeIsRecognisedAndNothingIsReplayedTwiceUnnoticed() {
        try (TopicReader topics = new TopicReader()) {
            write(new ProducerRecord<>(Topics.FETCH_OUTCOMES, mark, NOISE));
            var unused = topics.await("the letter", Topics.deadLetters(Topics.FETCH_OUTCOMES), mark, 1);

            JsonPath listed = list("?topic=" + Topics.FETCH_OUTCOMES + "&reason=SPECVERSION&limit=500");
            Map<String, Object> letter = listed.getMap("letters.find { it.key == '" + mark + "' }");
            assertThat(letter)
                    .containsEntry("why", "ce_specversion is not 1.0")
                    .containsEntry("excerpt", "{\"tenant\": oops ???")
                    .containsEntry("sizeBytes", NOISE.length)
                    .containsEntry("cut", false)
                    .containsKeys("camePartition", "cameOffset", "writtenAt")
                    .doesNotContainKeys("replayOf", "replayedAt");

            JsonObject one = new JsonObject()
                    .put("topic", Topics.FETCH_OUTCOMES)
                    .put("partition", letter.get("partition"))
                    .put("offset", letter.get("offset"));
            replay(one.copy().put("dryRun", true), 1, 0);
            replay(one, 1, 1);
            var again = topics.await("the second letter", Topics.deadLetters(Topics.FETCH_OUTCOMES), mark, 2);
            assertThat(header(again, DeadLetter.REPLAY_OF))
                    .isEqualTo(Topics.deadLetters(Topics.FETCH_OUTCOMES) + "/" + letter.get("partition") + "/"
                            + letter.get("offset"));
            replay(one, 1, 0);
            replay(one.copy().put("again", true), 1, 1);

            JsonPath after = list("?topic=" + Topics.FETCH_OUTCOMES + "&limit=500");
            assertThat(after.getList("letters.findAll { it.key == '" + mark + "' && it.replayedAt != null }"))
                    .hasSize(1);
            assertThat(after.getString("letters.find { it.key == '" + mark + "' && it.replayOf != null }.replayOf"))
                    .isNotNull();
        }
    }

    @Test
    void ofATopicTheOldestAreReplayedAsTheyCameAndTheLimitHolds() {
        put("one", "because of " + mark, false);
        put("two", "another reason", false);
        put("three", "Because of " + mark, false);
        put("cut", "because of " + mark, true);
        JsonObject many = new JsonObject().put("topic", Topics.LISTING_REQUESTS).put("reason", "BECAUSE OF " + mark);
        try (TopicReader topics = new TopicReader()) {
            replay(many.copy().put("dryRun", true), 2, 0);
            replay(many.copy().put("limit", 1), 1, 1);
            replay(many, 1, 1);
            replay(many, 0, 0);

            var one = topics.await("the first", Topics.LISTING_REQUESTS, mark + "one", 1);
            var three = topics.await("the third", Topics.LISTING_REQUESTS, mark + "three", 1);
            assertThat(one.value()).isEqualTo(NOISE);
            assertThat(header(one, "came-with")).isEqualTo("it");
            assertThat(one.headers().headers(DeadLetter.REASON)).isEmpty();
            assertThat(header(three, DeadLetter.REPLAY_OF)).startsWith(Topics.deadLetters(Topics.LISTING_REQUESTS));
            assertThat(topics.upToNow(Topics.LISTING_REQUESTS))
                    .filteredOn(record -> record.key().startsWith(mark))
                    .hasSize(2);
        }
    }

    @Test
    void whatIsCutCannotBeReplayed() {
        put("cut", "because of " + mark, true);
        Map<String, Object> letter = list("?topic=" + Topics.LISTING_REQUESTS + "&limit=500")
                .getMap("letters.find { it.key == '" + mark + "cut' }");
        assertThat(letter).containsEntry("cut", true);

        operator()
                .contentType("application/json")
                .body(new JsonObject()
                        .put("topic", Topics.LISTING_REQUESTS)
                        .put("partition", letter.get("partition"))
                        .put("offset", letter.get("offset"))
                        .encode())
                .post(PATH + "/replay")
                .then()
                .statusCode(200)
                .body("cut", equalTo(1))
                .body("replayed", equalTo(0));
    }

    @Test
    void whatIsNotThereIsNotReplayed() {
        replay(
                new JsonObject()
                        .put("topic", Topics.LISTING_PROGRESS)
                        .put("partition", 0)
                        .put("offset", 9_999_999_999L),
                0,
                0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"topic\":\"earshot.recordings.v1\"}",
                "{\"topic\":\"earshot.fetch-outcomes.v1\",\"partition\":0}",
                "{\"topic\":\"earshot.fetch-outcomes.v1\",\"offset\":0}",
                "{\"topic\":\"earshot.fetch-outcomes.v1\",\"partition\":0,\"offset\":-1}",
                "{\"topic\":\"earshot.fetch-outcomes.v1\",\"partition\":0,\"offset\":0,\"limit\":2}",
                "{\"topic\":\"earshot.fetch-outcomes.v1\",\"again\":true}",
                "{\"topic\":\"earshot.fetch-outcomes.v1\",\"limit\":1001}",
                "{\"topic\":\"earshot.fetch-outcomes.v1\",\"reason\":\" \"}"
            })
    void aReplayThatIsNoneIsRefused(String body) {
        operator()
                .contentType("application/json")
                .body(body)
                .post(PATH + "/replay")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic=earshot.recordings.v1", "limit=0", "limit=501", "reason=", "offset=1"})
    void aListThatIsNoneIsRefused(String query) {
        operator().get(PATH + "?" + query).then().statusCode(400).body("code", equalTo("invalid-request"));
    }

    @Test
    void theyAreOperatorsAlone() {
        kit.as("acme", "recordings:admin", "recordings:play")
                .get(PATH)
                .then()
                .statusCode(403)
                .body("detail", containsString(OPERATOR));
        kit.as("acme", "recordings:admin")
                .contentType("application/json")
                .body("{\"topic\":\"" + Topics.FETCH_OUTCOMES + "\"}")
                .post(PATH + "/replay")
                .then()
                .statusCode(403);
    }

    private JsonPath list(String query) {
        return operator()
                .get(PATH + query)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .jsonPath();
    }

    private void replay(JsonObject body, int matched, int replayed) {
        operator()
                .contentType("application/json")
                .body(body.encode())
                .post(PATH + "/replay")
                .then()
                .statusCode(200)
                .body("matched", equalTo(matched))
                .body("replayed", equalTo(replayed));
    }

    private RequestSpecification operator() {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .auth()
                .oauth2(kit.token(Map.of("roles", List.of(OPERATOR))));
    }

    /** As the fetcher puts one aside. */
    private void put(String name, String reason, boolean cut) {
        DeadLetter letter = DeadLetter.of(
                mark + name,
                NOISE,
                List.of(new DeadLetter.Header("came-with", "it".getBytes(StandardCharsets.UTF_8))),
                new DeadLetter.Place(Topics.LISTING_REQUESTS, 0, 7),
                reason);
        DeadLetter put = cut ? letter.cut() : letter;
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.deadLetters(Topics.LISTING_REQUESTS), put.key(), put.value());
        put.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        write(record);
    }

    private void write(ProducerRecord<String, byte[]> record) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            var unused = producer.send(record);
            producer.flush();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
