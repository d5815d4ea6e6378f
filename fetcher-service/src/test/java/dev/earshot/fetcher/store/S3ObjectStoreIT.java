package dev.earshot.fetcher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.ObjectRef;
import dev.earshot.events.Sha256;
import dev.earshot.fetcher.failure.Trouble.StoreConflict;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.system.LocalStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What the store promises, on a real S3 server; small objects go up whole, large ones in parts. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class S3ObjectStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SMALL = 1000;
    private static final int LARGE = 6 * 1024 * 1024;

    @TempDir
    Path directory;

    @Inject
    S3ObjectStore store;

    @Inject
    S3AsyncClient s3;

    @Inject
    StaleUploads staleUploads;

    private final String tenant = "t" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void whatWasStoredIsFoundWithAllThatIsKnownOfIt(int size) throws Exception {
        AudioToStore audio = audio(size, "a");

        ConfirmedAudio stored = store(audio);

        ConfirmedAudio found = find().orElseThrow();
        assertThat(stored.object().sha256()).isEqualTo(audio.sha256());
        assertThat(found.object()).isEqualTo(stored.object());
        assertThat(found.durationMillis()).isEqualTo(audio.durationMillis());
        assertThat(found.channels()).isEqualTo(audio.channels());
        assertThat(found.fetchedAt()).isEqualTo(audio.fetchedAt());
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void theSameBytesTwiceAreASuccess(int size) throws Exception {
        AudioToStore audio = audio(size, "a");
        ConfirmedAudio first = store(audio);

        ConfirmedAudio second = store(audio);

        assertThat(second.object()).isEqualTo(first.object());
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void otherBytesAreAConflictAndTheFirstOnesStay(int size) throws Exception {
        ConfirmedAudio first = store(audio(size, "a"));

        assertThatThrownBy(() -> store(audio(size, "b")))
                .isInstanceOfSatisfying(
                        TroubleException.class, it -> assertThat(it.trouble()).isInstanceOf(StoreConflict.class));

        assertThat(find().orElseThrow().object()).isEqualTo(first.object());
    }

    @Test
    void nothingIsFoundWhereNothingLies() {
        assertThat(find()).isEmpty();
    }

    @Test
    void anObjectThatIsNotWhatItsMetadataTellsIsAConflict() throws Exception {
        AudioToStore audio = audio(SMALL, "a");
        var ignored = s3.putObject(
                        it -> it.bucket(store.bucket())
                                .key(ref().key())
                                .metadata(ObjectMetadata.of(audio).toMap()),
                        AsyncRequestBody.fromString("rotten"))
                .get();

        assertThatThrownBy(this::find)
                .isInstanceOfSatisfying(
                        TroubleException.class, it -> assertThat(it.trouble()).isInstanceOf(StoreConflict.class));
    }

    @Test
    void aYoungUploadOfAnotherReplicaIsLeftAlone() throws Exception {
        String uploadId = s3.createMultipartUpload(
                        it -> it.bucket(store.bucket()).key(ref().key()))
                .get()
                .uploadId();

        staleUploads.abortAll().await().atMost(PATIENCE);

        assertThat(s3.uploadPart(
                                it -> it.bucket(store.bucket())
                                        .key(ref().key())
                                        .uploadId(uploadId)
                                        .partNumber(1),
                                AsyncRequestBody.fromString("still there"))
                        .get()
                        .eTag())
                .isNotBlank();
    }

    private ConfirmedAudio store(AudioToStore audio) {
        return store.store(ref(), audio, Optional.empty()).await().atMost(PATIENCE);
    }

    private Optional<ConfirmedAudio> find() {
        return store.find(ref()).await().atMost(PATIENCE);
    }

    private ObjectRef ref() {
        return new ObjectRef(store.bucket(), tenant + "/RE" + "0".repeat(32) + "/1/audio");
    }

    private AudioToStore audio(int size, String content) throws Exception {
        byte[] bytes = content.repeat(size).getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(directory.resolve(content + size), bytes);
        Sha256 sha256 = Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        return new AudioToStore(file, size, sha256, "audio/mpeg", 1234, 2, Instant.parse("2026-03-01T12:00:00Z"));
    }
}
