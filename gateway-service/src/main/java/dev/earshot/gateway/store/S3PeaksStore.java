package dev.earshot.gateway.store;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.peaks.PeaksStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads peaks through the SDK's asynchronous client, in one small GET. */
@ApplicationScoped
class S3PeaksStore implements PeaksStore {
    private static final Logger LOG = Logger.getLogger(S3PeaksStore.class);
    /** One byte more than there may be tells that there are too many, and no more of them are read. */
    private static final String BOUNDED = "bytes=0-" + LARGEST_BYTES;

    private final S3AsyncClient s3;
    private final S3ControlConfig config;

    S3PeaksStore(S3AsyncClient s3, S3ControlConfig config) {
        this.s3 = s3;
        this.config = config;
    }

    @Override
    public Uni<Optional<byte[]>> read(RecordingKey key, int generation) {
        return get(key.peaksKey(generation))
                .map(document -> bounded(document, key))
                .onFailure(CompletionException.class)
                .transform(failure -> failure.getCause() == null ? failure : failure.getCause())
                .onFailure(NoSuchKeyException.class)
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(StoreUnavailableException::new);
    }

    private Uni<ResponseBytes<GetObjectResponse>> get(String key) {
        return Uni.createFrom()
                .completionStage(() -> s3.getObject(
                        request -> request.bucket(config.bucket()).key(key).range(BOUNDED),
                        AsyncResponseTransformer.toBytes()))
                .ifNoItem()
                .after(config.controlTimeout())
                .fail();
    }

    private static Optional<byte[]> bounded(ResponseBytes<GetObjectResponse> document, RecordingKey key) {
        byte[] bytes = document.asByteArrayUnsafe();
        if (bytes.length > LARGEST_BYTES) {
            LOG.warnf("What lies under the key of the peaks of %s is larger than peaks are, and is not sent", key);
            return Optional.empty();
        }
        return Optional.of(bytes);
    }
}
