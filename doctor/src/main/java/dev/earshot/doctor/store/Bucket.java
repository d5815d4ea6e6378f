package dev.earshot.doctor.store;

import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import io.quarkiverse.amazon.common.runtime.AmazonClientCommonRecorder;
import io.quarkiverse.amazon.common.runtime.AmazonClientConfig;
import io.quarkiverse.amazon.common.runtime.AmazonClientNettyTransportRecorder;
import io.quarkiverse.amazon.common.runtime.ClientUtil;
import io.quarkiverse.amazon.common.runtime.RuntimeConfigurationError;
import io.quarkiverse.amazon.s3.runtime.S3Config;
import io.quarkus.runtime.RuntimeValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** The bucket, by a client that is made as the extension makes the service's: address, region, credentials, TLS and proxy of the same keys. */
final class Bucket implements AutoCloseable {
    private static final String EXTENSION = "s3";

    private final S3AsyncClient client;
    private final String name;
    private final Duration patience;

    private Bucket(S3AsyncClient client, String name, Duration patience) {
        this.client = client;
        this.name = name;
        this.patience = patience;
    }

    /**
     * @param checksums whether the service lets the SDK add checksums of its own
     * @param patience with one call
     * @throws Misconfigured if no client can be made of it
     */
    static Bucket open(Settings settings, String name, boolean checksums, Duration patience) {
        S3Config config = settings.of(S3Config.class);
        AmazonClientConfig own = Objects.requireNonNull(
                config.clients().get(ClientUtil.DEFAULT_CLIENT_NAME), "the client without a name");
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(config.pathStyleAccess())
                        .build())
                .requestChecksumCalculation(
                        checksums
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        checksums
                                ? ResponseChecksumValidation.WHEN_SUPPORTED
                                : ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(RetryMode.STANDARD)
                        .apiCallTimeout(patience)
                        .build());
        try {
            new AmazonClientCommonRecorder().initAwsClient(builder, EXTENSION, EXTENSION, own.aws(), own.aws());
            own.sdk().endpointOverride().ifPresent(builder::endpointOverride);
            builder.httpClientBuilder(new AmazonClientNettyTransportRecorder()
                    .configureAsync(EXTENSION, new RuntimeValue<>(config.asyncClient()))
                    .getValue());
            return new Bucket(builder.build(), name, patience);
        } catch (RuntimeConfigurationError | IllegalArgumentException | NullPointerException e) {
            throw new Misconfigured(
                    "no client of the store can be made of the keys quarkus.s3.*", List.of(Place.ENDPOINT));
        } catch (SdkClientException e) {
            throw new Misconfigured("the store's region is not configured", List.of(Place.REGION));
        }
    }

    Answer write(String key, byte[] content) throws InterruptedException {
        return answer(
                client.putObject(
                        put -> put.bucket(name).key(key).contentType("text/plain"),
                        AsyncRequestBody.fromBytes(content)),
                done -> new byte[0]);
    }

    Answer read(String key) throws InterruptedException {
        return answer(
                client.getObject(get -> get.bucket(name).key(key), AsyncResponseTransformer.toBytes()),
                ResponseBytes::asByteArray);
    }

    Answer list(String prefix) throws InterruptedException {
        return answer(
                client.listObjectsV2(list -> list.bucket(name).prefix(prefix).maxKeys(1)), done -> new byte[0]);
    }

    Answer listUploads(String prefix) throws InterruptedException {
        return answer(
                client.listMultipartUploads(
                        list -> list.bucket(name).prefix(prefix).maxUploads(1)),
                done -> new byte[0]);
    }

    Answer delete(String key) throws InterruptedException {
        return answer(client.deleteObject(delete -> delete.bucket(name).key(key)), done -> new byte[0]);
    }

    private <T> Answer answer(CompletableFuture<T> call, Function<T, byte[]> content) throws InterruptedException {
        try {
            return new Answer.Done(content.apply(call.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (ExecutionException e) {
            return S3Failures.answer(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            call.cancel(true);
            return new Answer.Unreachable("nothing came within " + patience.toSeconds() + " s");
        }
    }

    /** In its own time: Netty waits for two quiet seconds, and nobody needs what it frees. */
    @Override
    public void close() {
        Thread.ofPlatform().daemon().name("store-close").start(client::close);
    }
}
