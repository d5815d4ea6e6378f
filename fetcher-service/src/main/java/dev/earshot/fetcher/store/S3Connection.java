package dev.earshot.fetcher.store;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The client, as Quarkus configures it, with two things that it has no keys for: checksums only where a call requires
 * them (the SDK's default is refused by Ceph and troubles R2), and no retries of the SDK's own, which would multiply
 * with ours and hide a 412 that our own first try caused.
 */
class S3Connection {
    @Produces
    @Singleton
    S3AsyncClient client(
            S3AsyncClientBuilder builder,
            StoreConfig config,
            @ConfigProperty(name = "quarkus.s3.path-style-access", defaultValue = "false") boolean pathStyle) {
        boolean always = config.checksums() == StoreConfig.Checksums.WHEN_SUPPORTED;
        ClientOverrideConfiguration withoutRetries = builder.overrideConfiguration().toBuilder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build();
        return builder.requestChecksumCalculation(
                        always ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        always ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(withoutRetries)
                // The SDK takes checksum settings in one place only, and Quarkus's keys fill the other one.
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .build())
                .build();
    }

    void close(@Disposes S3AsyncClient client) {
        client.close();
    }
}
