package dev.earshot.fetcher.store;

import dev.earshot.events.RecordingSid;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Aborts multipart uploads that a process began and did not live to end: they cost money and show nowhere. Only ours,
 * by the shape of their key, and only those older than any fetch can be, for another replica may be at work.
 */
@Singleton
class StaleUploads {
    private static final Logger LOG = Logger.getLogger(StaleUploads.class);

    private final S3AsyncClient client;
    private final StoreConfig config;
    private final Duration olderThan;
    private final Clock clock;

    @Inject
    StaleUploads(
            S3AsyncClient client,
            StoreConfig config,
            @ConfigProperty(name = "earshot.fetch.total-timeout", defaultValue = "25m") Duration totalTimeout,
            Clock clock) {
        this.client = client;
        this.config = config;
        // Twice, because the store's clock writes the start and ours reads it.
        this.olderThan = totalTimeout.multipliedBy(2);
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        var ignored = Multi.createFrom()
                .ticks()
                .every(config.staleUploadsEvery())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> abortAll())
                .subscribe()
                .with(done -> {}, failure -> LOG.error("Stale uploads are no longer looked for", failure));
    }

    /** Never fails: what cannot be done now is done in an hour. */
    Uni<Void> abortAll() {
        Instant before = clock.instant().minus(olderThan);
        return Multi.createFrom()
                .publisher(FlowAdapters.toFlowPublisher(
                        client.listMultipartUploadsPaginator(request -> request.bucket(config.bucket()))
                                .uploads()))
                .select()
                .where(upload -> isOurs(upload.key()) && upload.initiated().isBefore(before))
                .onItem()
                .transformToUniAndConcatenate(this::abort)
                .collect()
                .last()
                .onFailure()
                .invoke(StaleUploads::say)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<String> abort(MultipartUpload upload) {
        return Uni.createFrom()
                .completionStage(() -> client.abortMultipartUpload(request ->
                        request.bucket(config.bucket()).key(upload.key()).uploadId(upload.uploadId())))
                .replaceWith(upload.key())
                .invoke(key -> LOG.infof("Aborted a stale multipart upload of %s", key));
    }

    /** {@code {tenant}/{recordingSid}/{generation}/audio}. */
    static boolean isOurs(String key) {
        String[] parts = key.split("/", -1);
        return parts.length == 4
                && RecordingSid.isValid(parts[1])
                && parts[2].matches("\\d{1,9}")
                && parts[3].equals("audio");
    }

    private static void say(Throwable failure) {
        if (S3Answers.isNotImplemented(failure)) {
            LOG.info("The object store cannot list multipart uploads; let a rule of the bucket expire them");
        } else {
            LOG.warnf("Stale multipart uploads could not be looked for: %s", failure.toString());
        }
    }
}
