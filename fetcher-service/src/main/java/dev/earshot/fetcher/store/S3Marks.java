package dev.earshot.fetcher.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Small objects of our own in the bucket, under keys that no tenant can have. The last one that was written counts. */
@Singleton
public class S3Marks {
    private final S3AsyncClient client;
    private final StoreConfig config;

    @Inject
    S3Marks(S3AsyncClient client, StoreConfig config) {
        this.client = client;
        this.config = config;
    }

    /** @return what was written last; empty if nothing was; a {@code TroubleException} if the store cannot say */
    public Uni<Optional<byte[]>> read(String key) {
        return Uni.createFrom()
                .completionStage(() -> client.getObject(
                        request -> request.bucket(config.bucket()).key(key), AsyncResponseTransformer.toBytes()))
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .map(found -> Optional.of(found.asByteArray()))
                .onFailure(S3Answers::isAbsent)
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(failure -> S3Answers.failed("read a mark", failure));
    }

    /** @return completes when the store has it, or fails with a {@code TroubleException} */
    public Uni<Void> write(String key, byte[] mark) {
        return Uni.createFrom()
                .completionStage(() -> client.putObject(
                        request -> request.bucket(config.bucket()).key(key).contentType("application/json"),
                        AsyncRequestBody.fromBytes(mark)))
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .onFailure()
                .transform(failure -> S3Answers.failed("write a mark", failure))
                .replaceWithVoid();
    }
}
