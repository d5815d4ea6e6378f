package dev.earshot.fetcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.Topics;
import dev.earshot.fetcher.twilio.TwilioAccounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The whole fetcher, on real Kafka and S3, against the Twilio simulator. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class FetchIT {
    @Inject
    S3AsyncClient s3;

    @Inject
    TwilioAccounts accounts;

    @ConfigProperty(name = "earshot.accounts.directory")
    String accountsDirectory;

    private Outside outside;

    @BeforeEach
    void open() {
        outside = new Outside();
    }

    @AfterEach
    void close() {
        outside.close();
    }

    @Test
    void aRequestEndsInAReadyEventAndAConfirmedObjectAfterOneDownload() throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 10));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 3);

        outside.ask(request);

        RecordingReady ready = (RecordingReady) outside.outcome(request);
        assertThat(ready.object().sha256().hex())
                .isEqualTo(recording.path("sha256").asText());
        assertThat(ready.object().sizeBytes())
                .isEqualTo(recording.path("sizeBytes").asLong());
        assertThat(ready.object().contentType()).isEqualTo("audio/mpeg");
        assertThat(ready.durationMillis()).isBetween(9_500L, 10_500L);
        assertThat(ready.attempt()).isEqualTo(3);
        assertThat(head(request).contentLength()).isEqualTo(ready.object().sizeBytes());
        assertThat(outside.mediaRequests(recording)).isEqualTo(1);
    }

    @Test
    void aSecondRequestFindsTheObjectAndDownloadsNothing() throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 5));
        FetchRequested first = outside.request(recording, AudioFormat.MP3, 1, 1);
        outside.ask(first);
        RecordingReady downloaded = (RecordingReady) outside.outcome(first);

        outside.ask(outside.request(recording, AudioFormat.MP3, 1, 2));

        RecordingReady found = (RecordingReady) outside.outcomes(first, 2).get(1);
        assertThat(found.attempt()).isEqualTo(2);
        assertThat(found.object()).isEqualTo(downloaded.object());
        assertThat(found.durationMillis()).isEqualTo(downloaded.durationMillis());
        assertThat(outside.mediaRequests(recording)).isEqualTo(1);
    }

    @Test
    void identicalRequestsShareOneDownloadAndEachIsAnswered() throws Exception {
        JsonNode recording =
                outside.record(Map.of("seconds", 5, "behaviour", "slow-first-byte", "behaviourSeconds", 1));
        for (int attempt = 1; attempt <= 3; attempt++) {
            outside.ask(outside.request(recording, AudioFormat.MP3, 1, attempt));
        }

        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);

        assertThat(outside.outcomes(request, 3))
                .extracting(it -> ((RecordingReady) it).attempt())
                .containsExactlyInAnyOrder(1, 2, 3);
        assertThat(outside.mediaRequests(recording)).isEqualTo(1);
    }

    @Test
    void aSubAccountThatIsAddedWhileWeRunIsFetchedWithItsParentsCredentials() throws Exception {
        String sub = "AC" + UUID.randomUUID().toString().replace("-", "");
        outside.subAccount(sub);
        Path file = Path.of(accountsDirectory).resolve("sub.json");
        int before = accounts.size();
        Files.writeString(
                file, "{\"accountSid\":\"%s\",\"parentAccountSid\":\"%s\"}".formatted(sub, outside.account()));
        Await.until("the account is known", () -> accounts.size() > before);
        JsonNode recording = outside.record(Map.of("seconds", 5, "accountSid", sub));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);

        outside.ask(request);

        RecordingReady ready = (RecordingReady) outside.outcome(request);
        assertThat(ready.object().sha256().hex())
                .isEqualTo(recording.path("sha256").asText());
        Files.delete(file);
        Await.until("the account has stopped", () -> accounts.size() == before);
        FetchRequested late =
                outside.request(outside.record(Map.of("seconds", 5, "accountSid", sub)), AudioFormat.MP3, 1, 1);
        outside.ask(late);
        assertThat(((FetchFailed) outside.outcome(late)).reason()).isEqualTo(FailureReason.UNAUTHORIZED);
    }

    @Test
    void aDualRequestForAMonoRecordingIsFetchedWithOneChannel() throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 5, "channels", 1, "format", "wav"));
        FetchRequested request = outside.request(recording, AudioFormat.WAV, 2, 1);

        outside.ask(request);

        RecordingReady ready = (RecordingReady) outside.outcome(request);
        assertThat(ready.channels()).isEqualTo(1);
        assertThat(ready.durationMillis()).isEqualTo(5000);
        assertThat(ready.object().sha256().hex())
                .isEqualTo(recording.path("sha256").asText());
    }

    @Test
    void aLargeRecordingGoesUpInParts() throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 900, "channels", 2, "format", "wav"));
        FetchRequested request = outside.request(recording, AudioFormat.WAV, 2, 1);

        outside.ask(request);

        RecordingReady ready = (RecordingReady) outside.outcome(request);
        assertThat(ready.object().sizeBytes()).isGreaterThan(5 * 1024 * 1024);
        assertThat(ready.object().sha256().hex())
                .isEqualTo(recording.path("sha256").asText());
        assertThat(head(request).metadata()).containsKeys("sha256", "duration-millis", "channels", "fetched-at");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "not-ready,NOT_READY_YET",
        "not-found,SOURCE_DELETED",
        "deleted,SOURCE_DELETED",
        "absent,ABSENT",
        "encrypted,ENCRYPTED",
        "unauthorized,UNAUTHORIZED",
        "rate-limited,RATE_LIMITED",
        "rate-limited-retry-after,RATE_LIMITED",
        "server-error,UPSTREAM_ERROR",
        "html,NOT_AUDIO",
        "xml-error,NOT_AUDIO",
        "truncated,TRUNCATED",
        "zero-bytes,NOT_AUDIO",
        "reset,UPSTREAM_ERROR",
        "redirect-foreign,REDIRECT_REFUSED"
    })
    void eachMisbehaviourOfTwiliosHasItsReason(String behaviour, FailureReason reason) throws Exception {
        JsonNode recording = outside.record(
                Map.of("seconds", 5, "behaviour", behaviour, "behaviourSeconds", 60, "startedSecondsAgo", 90_000));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);

        outside.ask(request);

        FetchFailed failed = (FetchFailed) outside.outcome(request);
        assertThat(failed.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "chunked", "slow-first-byte", "redirect"})
    void whateverWayTheBytesComeTheyAreTwilios(String behaviour) throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 5, "behaviour", behaviour, "behaviourSeconds", 1));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);

        outside.ask(request);

        RecordingReady ready = (RecordingReady) outside.outcome(request);
        assertThat(ready.object().sha256().hex())
                .isEqualTo(recording.path("sha256").asText());
    }

    @Test
    void aStalledBodyIsATimeOutAndLeavesNothing() throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 5, "behaviour", "stalled-body"));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);

        outside.ask(request);

        FetchFailed failed = (FetchFailed) outside.outcome(request);
        assertThat(failed.reason()).isEqualTo(FailureReason.UPSTREAM_TIMEOUT);
        assertThat(failed.counted()).isTrue();
    }

    @Test
    void otherBytesUnderOurKeyAreAConflictAndStay() throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 5));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);
        var ignored = s3.putObject(
                        it -> it.bucket(outside.bucket()).key(request.object().key()),
                        AsyncRequestBody.fromString("somebody else's"))
                .get();

        outside.ask(request);

        FetchFailed failed = (FetchFailed) outside.outcome(request);
        assertThat(failed.reason()).isEqualTo(FailureReason.STORE_CONFLICT);
        assertThat(head(request).contentLength()).isEqualTo("somebody else's".length());
    }

    @Test
    void aStoreThatIsAwayIsSaidToBeAndNothingIsDownloaded() throws Exception {
        JsonNode recording = outside.record(Map.of("seconds", 5));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);
        outside.relay("s3/cut");
        try {
            outside.ask(request);

            FetchFailed failed = (FetchFailed) outside.outcome(request);
            assertThat(failed.reason()).isEqualTo(FailureReason.STORE_UNAVAILABLE);
            assertThat(outside.mediaRequests(recording)).isZero();
        } finally {
            outside.relay("s3/heal");
        }
    }

    @Test
    void anOutcomeSurvivesABrokerThatIsAway() throws Exception {
        JsonNode recording =
                outside.record(Map.of("seconds", 5, "behaviour", "slow-first-byte", "behaviourSeconds", 1));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);
        outside.ask(request);
        Await.until("the download has begun", () -> outside.mediaRequests(recording) == 1);
        outside.relay("kafka/cut");
        Await.until("the object is there", () -> isStored(request));

        outside.relay("kafka/heal");

        assertThat(outside.outcome(request)).isInstanceOf(RecordingReady.class);
    }

    @Test
    void anUnreadableRecordBecomesADeadLetterAndDelaysNobody() throws Exception {
        String key = "poison-" + UUID.randomUUID();
        outside.send(Topics.FETCH_REQUESTS, key, "no event");
        JsonNode recording = outside.record(Map.of("seconds", 5));
        FetchRequested request = outside.request(recording, AudioFormat.MP3, 1, 1);

        outside.ask(request);

        assertThat(outside.outcome(request)).isInstanceOf(RecordingReady.class);
        var letter = outside.read(Topics.deadLetters(Topics.FETCH_REQUESTS), it -> key.equals(it.key()), 1)
                .get(0);
        assertThat(letter.value()).isEqualTo("no event".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.headers().lastHeader("earshot-dead-letter-reason").value())
                .isNotEmpty();
        assertThat(letter.headers().lastHeader("earshot-dead-letter-topic").value())
                .isEqualTo(Topics.FETCH_REQUESTS.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isStored(FetchRequested request) {
        return s3.headObject(
                        it -> it.bucket(outside.bucket()).key(request.object().key()))
                .handle((found, failure) -> failure == null)
                .join();
    }

    private HeadObjectResponse head(FetchRequested request) throws Exception {
        return s3.headObject(
                        it -> it.bucket(outside.bucket()).key(request.object().key()))
                .get();
    }
}
