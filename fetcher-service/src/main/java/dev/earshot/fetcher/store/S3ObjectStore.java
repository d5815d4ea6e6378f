package dev.earshot.fetcher.store;

import dev.earshot.events.ObjectRef;
import dev.earshot.events.StoredObject;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.health.Dependencies;
import dev.earshot.fetcher.trace.Spans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Amazon S3, or whatever speaks its protocol. */
@Singleton
public class S3ObjectStore {
    private final S3AsyncClient client;
    private final S3Upload upload;
    private final StoreConfig config;
    private final Clock clock;
    private final Dependencies dependencies;
    private final Spans spans;
    private final Counter confirmFailures;
    private final Counter failedTries;

    @Inject
    S3ObjectStore(
            S3AsyncClient client,
            S3Upload upload,
            StoreConfig config,
            Clock clock,
            Dependencies dependencies,
            MeterRegistry meters,
            Spans spans) {
        this.client = client;
        this.upload = upload;
        this.config = config;
        this.clock = clock;
        this.dependencies = dependencies;
        this.spans = spans;
        this.confirmFailures = Counter.builder("earshot_store_confirm_failures")
                .description("Objects whose bytes were not the ones that should lie there")
                .register(meters);
        this.failedTries = Counter.builder("earshot_store_failed_tries")
                .description("Tries at the store that failed, whether another one follows or not")
                .register(meters);
    }

    /** The one bucket that this fetcher writes to. */
    public String bucket() {
        return config.bucket();
    }

    /**
     * Looks whether the object is there already, and reads it back if it is.
     *
     * @return the audio, compared with the digest that was written beside it; empty if there is no object; a
     *     {@link TroubleException} if the store cannot say, or somebody else's object is there
     */
    public Uni<Optional<ConfirmedAudio>> find(ObjectRef ref) {
        return tried(
                "look for an object",
                () -> exists(ref.key())
                        .chain(found -> found
                                ? readBack(ref.key()).map(back -> Optional.of(confirmAsFound(ref, back)))
                                : Uni.createFrom().item(Optional.empty())));
    }

    /**
     * Puts the audio under the key and proves that it is there.
     *
     * @param traceparent what its steps belong to
     * @return the compared object, or a {@link TroubleException}
     */
    public Uni<ConfirmedAudio> store(ObjectRef ref, AudioToStore audio, Optional<String> traceparent) {
        return tried(
                "store an object",
                () -> spans.storing("upload", ref, traceparent, step -> upload.put(ref.key(), audio))
                        .onItemOrFailure()
                        .transformToUni((proof, failure) -> spans.storing(
                                "confirm",
                                ref,
                                traceparent,
                                step -> failure == null
                                        ? confirmUpload(ref, audio, proof)
                                        : confirmDespite(ref, audio, failure))));
    }

    private Uni<ConfirmedAudio> confirmUpload(ObjectRef ref, AudioToStore audio, Optional<String> proof) {
        return proof.map(etag -> Uni.createFrom().item(confirmed(ref, audio, etag)))
                .orElseGet(() -> confirm(ref, audio));
    }

    /**
     * The condition found an object, or the answer was lost: in both cases what lies there decides. An upload that
     * failed and left nothing keeps its own failure.
     */
    private Uni<ConfirmedAudio> confirmDespite(ObjectRef ref, AudioToStore audio, Throwable failure) {
        return confirm(ref, audio)
                .onFailure(confirming -> !S3Answers.isTaken(failure) && S3Answers.isTransient(confirming))
                .transform(ignored -> failure);
    }

    private Uni<ConfirmedAudio> confirm(ObjectRef ref, AudioToStore audio) {
        return readBack(ref.key()).map(back -> {
            if (!back.sha256().equals(audio.sha256())) {
                throw conflict("the object under our key has other bytes than the ones that were downloaded");
            }
            return confirmed(ref, audio, back.etag());
        });
    }

    private ConfirmedAudio confirmed(ObjectRef ref, AudioToStore audio, String etag) {
        StoredObject object =
                new StoredObject(ref.bucket(), ref.key(), audio.sizeBytes(), audio.sha256(), etag, audio.contentType());
        return new ConfirmedAudio(object, audio.durationMillis(), audio.channels(), audio.fetchedAt(), clock.instant());
    }

    private ConfirmedAudio confirmAsFound(ObjectRef ref, ReadBack back) {
        ObjectMetadata metadata = ObjectMetadata.read(back.metadata())
                .filter(written -> written.sha256().equals(back.sha256()))
                .orElseThrow(() -> conflict("the object under our key is not the one that its metadata tells of"));
        StoredObject object = new StoredObject(
                ref.bucket(), ref.key(), back.sizeBytes(), back.sha256(), back.etag(), back.contentType());
        return new ConfirmedAudio(
                object, metadata.durationMillis(), metadata.channels(), metadata.fetchedAt(), clock.instant());
    }

    private TroubleException conflict(String detail) {
        confirmFailures.increment();
        return new TroubleException(new Trouble.StoreConflict(detail));
    }

    private Uni<Boolean> exists(String key) {
        return Uni.createFrom()
                .completionStage(() -> client.headObject(
                        request -> request.bucket(config.bucket()).key(key)))
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .map(ignored -> true)
                .onFailure(S3Answers::isAbsent)
                .recoverWithItem(false);
    }

    private Uni<ReadBack> readBack(String key) {
        return Uni.createFrom()
                .completionStage(() -> client.getObject(
                        request -> request.bucket(config.bucket()).key(key), new HashingTransformer()));
    }

    /** The one place where the store is tried again: a bounded number of times, from the spool. */
    private <T> Uni<T> tried(String verb, Supplier<Uni<T>> call) {
        Uni<T> once = Uni.createFrom()
                .deferred(call::get)
                .onFailure(S3Answers::isTransient)
                .invoke(ignored -> failedTries.increment());
        Uni<T> again = config.attempts() < 2
                ? once
                : once.onFailure(S3Answers::isTransient)
                        .retry()
                        .withBackOff(config.backoff(), config.backoff().multipliedBy(8))
                        .atMost(config.attempts() - 1L);
        return again.onFailure()
                .transform(failure -> S3Answers.failed(verb, failure))
                .invoke(() -> dependencies.ok(Dependencies.STORE))
                .onFailure(S3Answers::isTransient)
                .invoke(failure -> dependencies.degraded(Dependencies.STORE, S3Answers.detail(failure)));
    }
}
