package dev.earshot.fetcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.PeaksRef;
import dev.earshot.events.RecordingReady;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Waveforms of real calls, by Java and by the ffmpeg of this machine, in a real store. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class WaveformIT {
    @Inject
    S3AsyncClient s3;

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "earshot.spool.directory")
    String spool;

    private Outside outside;

    @BeforeEach
    void open() {
        outside = new Outside();
    }

    @AfterEach
    void close() {
        outside.close();
    }

    @ParameterizedTest
    @CsvSource({"WAV,2", "WAV,1", "MP3,2", "MP3,1"})
    void aRecordingIsReadyWithItsWaveform(AudioFormat format, int channels) throws Exception {
        FetchRequested request = request(format, channels, 12);

        outside.ask(request);

        RecordingReady ready = (RecordingReady) outside.outcome(request);
        assertThat(ready.peaks()).contains(new PeaksRef(request.key().peaksKey(1)));
        ResponseBytes<GetObjectResponse> stored = stored(request);
        assertThat(stored.response().contentType()).isEqualTo("application/json");
        JsonNode document = JsonMapper.builder().build().readTree(stored.asByteArray());
        assertThat(document.path("version").asInt()).isEqualTo(1);
        assertThat(document.path("durationMillis").asLong()).isEqualTo(ready.durationMillis());
        assertThat(document.path("bucketsPerSecond").asInt()).isEqualTo(20);
        assertThat(document.path("channels").size()).isEqualTo(channels);
        for (JsonNode channel : document.path("channels")) {
            byte[] peaks = Base64.getDecoder().decode(channel.path("peaks").asText());
            assertThat(peaks.length).isEqualTo(Math.ceilDiv(ready.durationMillis() * 20, 1000L));
            // People speak, and pause.
            assertThat(loud(peaks)).isBetween(peaks.length / 10, peaks.length - 1);
        }
        if (channels == 2) {
            assertThat(document.at("/channels/0/peaks")).isNotEqualTo(document.at("/channels/1/peaks"));
        }
        Await.until("the spool is empty", this::isSpoolEmpty);
    }

    @Test
    void bothFormatsOfACallHaveTheSameShape() throws Exception {
        JsonNode wav = outside.record(Map.of("seconds", 10, "channels", 1, "format", "wav", "sample", "order"));
        JsonNode mp3 = outside.record(Map.of("seconds", 10, "channels", 1, "format", "mp3", "sample", "order"));
        FetchRequested ofWav = prefetched(outside.request(wav, AudioFormat.WAV, 1, 1));
        FetchRequested ofMp3 = prefetched(outside.request(mp3, AudioFormat.MP3, 1, 1));

        outside.ask(ofWav);
        outside.ask(ofMp3);

        byte[] one = peaks(ofWav);
        byte[] other = peaks(ofMp3);
        assertThat(correlation(one, other)).isGreaterThan(0.8);
    }

    @Test
    void whatIsFoundStoredIsReadyWithTheWaveformThatIsThere() throws Exception {
        FetchRequested request = request(AudioFormat.WAV, 1, 5);
        outside.ask(request);
        assertThat(((RecordingReady) outside.outcome(request)).peaks()).isPresent();
        double before = ended("stored");

        outside.ask(new FetchRequested(
                request.tenant(),
                request.accountSid(),
                request.callSid(),
                request.recordingSid(),
                request.object(),
                request.format(),
                request.channels(),
                1,
                2,
                request.lane(),
                request.requestedAt(),
                request.expirytime()));

        RecordingReady again = (RecordingReady) outside.outcomes(request, 2).get(1);
        assertThat(again.peaks()).contains(new PeaksRef(request.key().peaksKey(1)));
        assertThat(ended("stored")).isEqualTo(before);
    }

    @Test
    void aFetchThatFailsLeavesNoWaveform() throws Exception {
        FetchRequested request = request(AudioFormat.WAV, 1, 5);
        var ignored = s3.putObject(
                        it -> it.bucket(outside.bucket()).key(request.object().key()),
                        AsyncRequestBody.fromString("somebody else's"))
                .get();

        outside.ask(request);

        assertThat(outside.outcome(request)).isInstanceOf(FetchFailed.class);
        Await.until("the spool is empty", this::isSpoolEmpty);
        assertThat(keys(request)).containsExactly(request.object().key());
    }

    private FetchRequested request(AudioFormat format, int channels, int seconds) throws Exception {
        JsonNode recording = outside.record(
                Map.of("seconds", seconds, "channels", channels, "format", format == AudioFormat.WAV ? "wav" : "mp3"));
        return prefetched(outside.request(recording, format, channels, 1));
    }

    /** Its ready waits for the waveform. */
    private static FetchRequested prefetched(FetchRequested request) {
        return new FetchRequested(
                request.tenant(),
                request.accountSid(),
                request.callSid(),
                request.recordingSid(),
                request.object(),
                request.format(),
                request.channels(),
                request.generation(),
                request.attempt(),
                Lane.BULK,
                request.requestedAt(),
                request.expirytime());
    }

    private byte[] peaks(FetchRequested request) throws Exception {
        assertThat(((RecordingReady) outside.outcome(request)).peaks()).isPresent();
        JsonNode document =
                JsonMapper.builder().build().readTree(stored(request).asByteArray());
        return Base64.getDecoder().decode(document.at("/channels/0/peaks").asText());
    }

    private ResponseBytes<GetObjectResponse> stored(FetchRequested request) throws Exception {
        return s3.getObject(
                        it -> it.bucket(outside.bucket()).key(request.key().peaksKey(1)),
                        AsyncResponseTransformer.toBytes())
                .get();
    }

    private List<String> keys(FetchRequested request) throws Exception {
        return s3
                .listObjectsV2(
                        it -> it.bucket(outside.bucket()).prefix(request.key().objectPrefix()))
                .get()
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private boolean isSpoolEmpty() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(spool))) {
            return files.findAny().isEmpty();
        }
    }

    private double ended(String outcome) {
        return meters.get("earshot_peaks").tag("outcome", outcome).counter().count();
    }

    private static int loud(byte[] peaks) {
        int loud = 0;
        for (byte peak : peaks) {
            loud += (peak & 0xFF) > 10 ? 1 : 0;
        }
        return loud;
    }

    /** Of two waveforms as far as both go; an encoder's delay is less than a bucket or two. */
    private static double correlation(byte[] one, byte[] other) {
        double best = -1;
        for (int shift = 0; shift <= 2; shift++) {
            int length = Math.min(one.length, other.length - shift);
            best = Math.max(
                    best,
                    pearson(Arrays.copyOfRange(one, 0, length), Arrays.copyOfRange(other, shift, shift + length)));
        }
        return best;
    }

    private static double pearson(byte[] one, byte[] other) {
        double meanOne = mean(one);
        double meanOther = mean(other);
        double both = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        for (int i = 0; i < one.length; i++) {
            double a = (one[i] & 0xFF) - meanOne;
            double b = (other[i] & 0xFF) - meanOther;
            both += a * b;
            squaresOne += a * a;
            squaresOther += b * b;
        }
        return both / Math.sqrt(squaresOne * squaresOther);
    }

    private static double mean(byte[] values) {
        double sum = 0;
        for (byte value : values) {
            sum += value & 0xFF;
        }
        return sum / values.length;
    }
}
