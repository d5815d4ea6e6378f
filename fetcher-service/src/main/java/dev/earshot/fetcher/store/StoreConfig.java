package dev.earshot.fetcher.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How audio is stored. Endpoint, region and credentials are Quarkus's own keys ({@code quarkus.s3.…}). */
@ConfigMapping(prefix = "earshot.store")
public interface StoreConfig {
    /** The bucket; a request that names another one is a dead letter. */
    String bucket();

    /** How a stored object is proved: read it back, or trust the store's own full-object SHA-256 where it gives one. */
    @WithDefault("read-back")
    Confirm confirm();

    /** When the SDK adds checksums of its own: {@code when-supported} breaks older Ceph and R2. */
    @WithDefault("when-required")
    Checksums checksums();

    /** From this size on an object is uploaded in parts. */
    @WithDefault("64M")
    MemorySize multipartThreshold();

    /** Size of one part; S3 wants at least 5 MB and takes at most 10 000 parts. */
    @WithDefault("16M")
    MemorySize partSize();

    /** How many parts of one upload are sent at the same time: one connection seldom fills the way to a store. */
    @WithDefault("4")
    int partsInFlight();

    /** How often upload and confirm are tried before the fetch ends as store-unavailable; the spool is kept meanwhile. */
    @WithDefault("3")
    int attempts();

    /** Wait before the second try; each further wait is twice as long. */
    @WithDefault("500ms")
    Duration backoff();

    /** Longest wait for the answer to a call that moves no audio. */
    @WithDefault("10s")
    Duration requestTimeout();

    /** How often multiparts that an earlier process left are looked for, beside at start. */
    @WithDefault("1h")
    Duration staleUploadsEvery();

    /** How an object is proved to be stored. */
    enum Confirm {
        READ_BACK,
        CHECKSUM
    }

    /** When the SDK calculates checksums of its own. */
    enum Checksums {
        WHEN_REQUIRED,
        WHEN_SUPPORTED
    }
}
