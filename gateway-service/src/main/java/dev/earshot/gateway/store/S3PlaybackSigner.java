package dev.earshot.gateway.store;

import dev.earshot.events.StoredObject;
import dev.earshot.gateway.playback.ByteRange;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Signs GETs as the SDK's own client would: address, region, path style and credentials are taken from that client, so
 * that there is one configuration.
 */
@ApplicationScoped
class S3PlaybackSigner {
    /** Providers cache and refresh by themselves; asking them may block, so it is done on a worker and rarely. */
    private static final Duration CREDENTIALS_REUSE = Duration.ofMinutes(1);

    private final S3AsyncClient s3;
    private final Clock clock;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Uni<AwsCredentialsIdentity> credentials;
    private volatile Instant credentialsUntil = Instant.MIN;

    S3PlaybackSigner(S3AsyncClient s3, Clock clock) {
        this.s3 = s3;
        this.clock = clock;
        this.credentials = Uni.createFrom()
                .completionStage(() ->
                        s3.serviceClientConfiguration().credentialsProvider().resolveIdentity())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .<AwsCredentialsIdentity>map(identity -> identity)
                .invoke(this::keepUntil)
                .memoize()
                .until(() -> !clock.instant().isBefore(credentialsUntil));
    }

    /** A signed GET of the whole object or a part, valid only while the object has the announced entity tag. */
    Uni<SdkHttpRequest> get(StoredObject object, ByteRange range) {
        return credentials.map(identity -> sign(unsigned(object, range), identity));
    }

    /** What the store's client would sign with now. */
    Uni<AwsCredentialsIdentity> credentials() {
        return credentials;
    }

    private void keepUntil(AwsCredentialsIdentity identity) {
        Instant reuse = clock.instant().plus(CREDENTIALS_REUSE);
        credentialsUntil = identity.expirationTime()
                .filter(expiry -> expiry.isBefore(reuse))
                .orElse(reuse);
    }

    private SdkHttpRequest unsigned(StoredObject object, ByteRange range) {
        URI uri = URI.create(s3.utilities()
                .getUrl(url -> url.bucket(object.bucket()).key(object.key()))
                .toString());
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(uri)
                .putHeader("If-Match", S3Announced.of(object, range).etag());
        if (S3Announced.of(object, range).isPart()) {
            request.putHeader("Range", range.header());
        }
        return request.build();
    }

    private SdkHttpRequest sign(SdkHttpRequest request, AwsCredentialsIdentity identity) {
        String region =
                Objects.requireNonNull(s3.serviceClientConfiguration().region()).id();
        return signer.sign(sign -> sign.identity(identity)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        // S3 signs the path as it is sent, unlike the other services.
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request();
    }
}
