package dev.earshot.gateway.store;

import dev.earshot.gateway.health.Dependency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The object store: whether it answers for the bucket with our credentials. */
@ApplicationScoped
class S3StoreDependency implements Dependency {
    /** The SDK repeats by itself; a look must not outlive its readers by much. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final S3AsyncClient s3;
    private final S3ControlConfig config;

    S3StoreDependency(S3AsyncClient s3, S3ControlConfig config) {
        this.s3 = s3;
        this.config = config;
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public Uni<Boolean> works() {
        return Uni.createFrom()
                .completionStage(() -> s3.headBucket(look ->
                        look.bucket(config.bucket()).overrideConfiguration(bounds -> bounds.apiCallTimeout(PATIENCE))))
                .replaceWith(true);
    }
}
