package dev.earshot.fetcher.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.FileRequestBodyConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An upload in parts, a few at a time, completed or aborted.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">Amazon S3: multipart upload</a>
 */
@Singleton
class S3MultipartUpload {
    private static final Logger LOG = Logger.getLogger(S3MultipartUpload.class);

    private final S3AsyncClient client;
    private final String bucket;
    private final long partBytes;
    private final int inFlight;

    @Inject
    S3MultipartUpload(S3AsyncClient client, StoreConfig config) {
        this.client = client;
        this.bucket = config.bucket();
        this.partBytes = config.partSize().asLongValue();
        this.inFlight = config.partsInFlight();
    }

    Uni<CompleteMultipartUploadResponse> put(String key, AudioToStore audio, boolean conditional) {
        return create(key, audio)
                .chain(uploadId -> parts(key, audio, uploadId)
                        .chain(parts -> complete(key, uploadId, parts, conditional))
                        .onFailure()
                        .call(() -> abort(key, uploadId))
                        .onCancellation()
                        .call(() -> abort(key, uploadId)));
    }

    private Uni<String> create(String key, AudioToStore audio) {
        return Uni.createFrom()
                .completionStage(() -> client.createMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .contentType(audio.contentType())
                        .metadata(ObjectMetadata.of(audio).toMap())))
                .map(answer -> answer.uploadId());
    }

    private Uni<List<CompletedPart>> parts(String key, AudioToStore audio, String uploadId) {
        int count = Math.toIntExact(Math.ceilDiv(audio.sizeBytes(), partBytes));
        return Multi.createFrom()
                .range(1, count + 1)
                .onItem()
                .transformToUni(number -> part(key, audio, uploadId, number))
                .merge(inFlight)
                .collect()
                .asList()
                // They end in any order, and the store wants them in theirs.
                .map(parts -> parts.stream()
                        .sorted(Comparator.comparing(CompletedPart::partNumber))
                        .toList());
    }

    private Uni<CompletedPart> part(String key, AudioToStore audio, String uploadId, int number) {
        long position = (number - 1) * partBytes;
        long length = Math.min(partBytes, audio.sizeBytes() - position);
        AsyncRequestBody body = AsyncRequestBody.fromFile(FileRequestBodyConfiguration.builder()
                .path(audio.file())
                .position(position)
                .numBytesToRead(length)
                .build());
        return Uni.createFrom()
                .completionStage(() -> client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength(length),
                        body))
                .map(answer -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(answer.eTag())
                        .build());
    }

    private Uni<CompleteMultipartUploadResponse> complete(
            String key, String uploadId, List<CompletedPart> parts, boolean conditional) {
        return Uni.createFrom()
                .completionStage(() -> client.completeMultipartUpload(request -> {
                    request.bucket(bucket).key(key).uploadId(uploadId).multipartUpload(upload -> upload.parts(parts));
                    if (conditional) {
                        request.ifNoneMatch("*");
                    }
                }));
    }

    /** Parts that nobody completes cost money and are seen by nobody. What cannot be aborted now is stale later. */
    private Uni<Void> abort(String key, String uploadId) {
        return Uni.createFrom()
                .completionStage(() -> client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(key).uploadId(uploadId)))
                .onFailure()
                .invoke(e -> LOG.warnf("A multipart upload could not be aborted: %s", e.toString()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
