package dev.earshot.gateway.store;

import dev.earshot.gateway.delivery.DeliveryConfig;
import dev.earshot.gateway.delivery.SignedUrl;
import dev.earshot.gateway.delivery.SignedUrls;
import dev.earshot.gateway.delivery.Wanted;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Presigned URLs (Signature Version 4 in the query). Address, region, path style and credentials are the SDK client's, but for
 * the host that listeners reach the store by.
 */
@ApplicationScoped
class S3SignedUrls implements SignedUrls {
    private final S3AsyncClient s3;
    private final S3PlaybackSigner credentials;
    private final Optional<URI> publicAddress;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    S3SignedUrls(S3AsyncClient s3, S3PlaybackSigner credentials, DeliveryConfig config) {
        this.s3 = s3;
        this.credentials = credentials;
        this.publicAddress = config.storeUrl();
    }

    @Override
    public Uni<SignedUrl> sign(Wanted wanted, Duration lifetime) {
        return credentials.credentials().map(identity -> sign(unsigned(wanted), identity, lifetime));
    }

    private SdkHttpRequest unsigned(Wanted wanted) {
        URI uri = URI.create(s3.utilities()
                .getUrl(url ->
                        url.bucket(wanted.object().bucket()).key(wanted.object().key()))
                .toString());
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(wanted.headOnly() ? SdkHttpMethod.HEAD : SdkHttpMethod.GET)
                .uri(uri)
                // What the gateway itself would say, for the store to repeat.
                .putRawQueryParameter("response-cache-control", "private, no-cache")
                .putRawQueryParameter("response-content-disposition", wanted.contentDisposition())
                .putRawQueryParameter("response-content-type", wanted.object().contentType());
        publicAddress.ifPresent(address -> request.protocol(address.getScheme())
                .host(address.getHost())
                .port(address.getPort() < 0 ? null : address.getPort()));
        return request.build();
    }

    private SignedUrl sign(SdkHttpRequest request, AwsCredentialsIdentity identity, Duration lifetime) {
        String region =
                Objects.requireNonNull(s3.serviceClientConfiguration().region()).id();
        return new SignedUrl(signer.sign(sign -> sign.identity(identity)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, lifetime))
                .request()
                .getUri()
                .toString());
    }
}
