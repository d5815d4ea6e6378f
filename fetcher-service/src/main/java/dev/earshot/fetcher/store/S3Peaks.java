package dev.earshot.fetcher.store;

import dev.earshot.events.ObjectRef;
import dev.earshot.events.PeaksRef;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Waveform peaks beside their audio. The same audio makes the same peaks, so putting them twice does no harm. */
@Singleton
public class S3Peaks {
    private static final String JSON = "application/json";

    private final S3AsyncClient client;
    private final StoreConfig config;

    @Inject
    S3Peaks(S3AsyncClient client, StoreConfig config) {
        this.client = client;
        this.config = config;
    }

    /**
     * Puts the peaks, if the audio is still there: a deletion in the meantime took its whole folder.
     *
     * @return whether the audio was there, and so the peaks are; a {@code TroubleException} if the store cannot do it
     */
    public Uni<Boolean> putBeside(ObjectRef audio, PeaksRef peaks, String json) {
        Uni<Boolean> once = isThere(audio.key())
                .chain(there -> there ? put(peaks, json) : Uni.createFrom().item(false));
        Uni<Boolean> tried = config.attempts() < 2
                ? once
                : once.onFailure()
                        .retry()
                        .withBackOff(config.backoff(), config.backoff().multipliedBy(8))
                        .atMost(config.attempts() - 1L);
        return tried.onFailure().transform(failure -> S3Answers.failed("store peaks", failure));
    }

    /** @return whether there are any; a {@code TroubleException} if the store cannot say */
    public Uni<Boolean> areThere(PeaksRef peaks) {
        return isThere(peaks.key()).onFailure().transform(failure -> S3Answers.failed("look for peaks", failure));
    }

    private Uni<Boolean> isThere(String key) {
        return call(() -> client.headObject(
                        request -> request.bucket(config.bucket()).key(key)))
                .map(ignored -> true)
                .onFailure(S3Answers::isAbsent)
                .recoverWithItem(false);
    }

    private Uni<Boolean> put(PeaksRef peaks, String json) {
        return call(() -> client.putObject(
                        request ->
                                request.bucket(config.bucket()).key(peaks.key()).contentType(JSON),
                        AsyncRequestBody.fromString(json)))
                .replaceWith(true);
    }

    private <T> Uni<T> call(Supplier<CompletionStage<T>> call) {
        return Uni.createFrom()
                .completionStage(call)
                .ifNoItem()
                .after(config.requestTimeout())
                .fail();
    }
}
