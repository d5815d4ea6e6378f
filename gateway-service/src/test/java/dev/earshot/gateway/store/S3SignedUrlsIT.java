package dev.earshot.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.delivery.DeliveryConfig;
import dev.earshot.gateway.delivery.SignedUrl;
import dev.earshot.gateway.delivery.Wanted;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class S3SignedUrlsIT {
    @Inject
    EdgeKit kit;

    @Inject
    S3AsyncClient s3;

    @Inject
    S3PlaybackSigner credentials;

    @ConfigProperty(name = "quarkus.s3.endpoint-override")
    URI store;

    /** The gateway knows the store by its number, listeners by its name; what is signed is the name. */
    @Test
    void listenersMayKnowTheStoreByAnotherName() {
        Stored stored = kit.ready("acme", 1000);
        S3SignedUrls urls = new S3SignedUrls(s3, credentials, config("http://localhost:" + store.getPort()));

        SignedUrl url = urls.sign(new Wanted(stored.object(), false, "inline", Duration.ZERO), Duration.ofMinutes(1))
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(store.getHost()).isEqualTo("127.0.0.1");
        assertThat(url.value()).startsWith("http://localhost:" + store.getPort() + "/");
        assertThat(get(url.value()).body()).isEqualTo(stored.bytes());
        assertThat(get(url.value().replace("localhost", "127.0.0.1")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aUrlEnds() {
        Stored stored = kit.ready("acme", 1000);
        S3SignedUrls urls = new S3SignedUrls(s3, credentials, config(store.toString()));
        String url = urls.sign(new Wanted(stored.object(), false, "inline", Duration.ZERO), Duration.ofSeconds(1))
                .await()
                .atMost(Duration.ofSeconds(10))
                .value();

        OnVertx.until("the URL has ended", () -> get(url).statusCode() == 403);
    }

    private static HttpResponse<byte[]> get(String url) {
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .join();
    }

    private static DeliveryConfig config(String storeUrl) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(DeliveryConfig.class)
                .withDefaultValue("earshot.delivery.store-url", storeUrl)
                .build()
                .getConfigMapping(DeliveryConfig.class);
    }
}
