package dev.earshot.fetcher.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Puts a spool file under its key, in one request or in parts; visible whole or not at all. */
@Singleton
class S3Upload {
    private static final Logger LOG = Logger.getLogger(S3Upload.class);

    private final S3AsyncClient client;
    private final StoreConfig config;
    private final S3MultipartUpload multipart;
    private final AtomicBoolean conditional = new AtomicBoolean(true);

    @Inject
    S3Upload(S3AsyncClient client, StoreConfig config, S3MultipartUpload multipart) {
        this.client = client;
        this.config = config;
        this.multipart = multipart;
    }

    /**
     * Uploads, refusing to overwrite where the store can refuse.
     *
     * @return the entity tag if the store's own checksum proves the object, otherwise empty: it must be read back
     */
    Uni<Optional<String>> put(String key, AudioToStore audio) {
        return once(key, audio).onFailure(this::forgetConditions).recoverWithUni(() -> once(key, audio));
    }

    private Uni<Optional<String>> once(String key, AudioToStore audio) {
        return audio.sizeBytes() >= config.multipartThreshold().asLongValue()
                ? multipart.put(key, audio, conditional.get()).map(ignored -> Optional.empty())
                : single(key, audio);
    }

    /** A store that answers 501 to the condition goes without it from now on. */
    private boolean forgetConditions(Throwable failure) {
        boolean first = S3Answers.isNotImplemented(failure) && conditional.compareAndSet(true, false);
        if (first) {
            LOG.warn("The object store does not implement If-None-Match; objects are put without it");
        }
        return first;
    }

    private Uni<Optional<String>> single(String key, AudioToStore audio) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(config.bucket())
                .key(key)
                .contentLength(audio.sizeBytes())
                .contentType(audio.contentType())
                .metadata(ObjectMetadata.of(audio).toMap());
        if (conditional.get()) {
            request.ifNoneMatch("*");
        }
        if (config.confirm() == StoreConfig.Confirm.CHECKSUM) {
            request.checksumSHA256(base64(audio));
        }
        return Uni.createFrom()
                .completionStage(() -> client.putObject(request.build(), AsyncRequestBody.fromFile(audio.file())))
                .map(answer -> proof(answer, audio));
    }

    /** Ceph was seen to accept a wrong checksum and to return none, so only one that comes back counts. */
    private Optional<String> proof(PutObjectResponse answer, AudioToStore audio) {
        boolean whole = answer.checksumType() == null || answer.checksumType() == ChecksumType.FULL_OBJECT;
        boolean proved = config.confirm() == StoreConfig.Confirm.CHECKSUM
                && whole
                && base64(audio).equals(answer.checksumSHA256());
        return proved ? Optional.of(Etags.bare(answer.eTag())) : Optional.empty();
    }

    private static String base64(AudioToStore audio) {
        return Base64.getEncoder().encodeToString(audio.sha256().bytes());
    }
}
