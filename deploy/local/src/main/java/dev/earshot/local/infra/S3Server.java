package dev.earshot.local.infra;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy on a folder: real Signature Version 4, {@code If-None-Match: *}, ranges, multipart and presigned URLs. */
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "earshot-local";
    public static final String SECRET_KEY = "earshot-local-secret";
    public static final String REGION = "us-east-1";
    public static final String BUCKET = "earshot-recordings";

    /** S3's own limit for a PUT without multipart. */
    private static final long MAX_SINGLE_PUT_BYTES = 5L << 30;
    /** S3Proxy reads a PUT without chunked signing into memory to check its hash; beyond this it refuses. */
    private static final long MAX_UNCHUNKED_BYTES = 64L << 20;

    /** A read holds a thread until its last byte is taken: enough for all slow listeners that a gateway admits (512). */
    private static final int MAX_THREADS = 600;

    private final S3Proxy proxy;
    private final FaultyBlobStore store;

    private S3Server(S3Proxy proxy, FaultyBlobStore store) {
        this.proxy = proxy;
        this.store = store;
    }

    public static S3Server start(Path data, int port) throws Exception {
        createBucket(data);
        FaultyBlobStore store = new FaultyBlobStore(new FilesystemNio2BlobStore(data.toString()));
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .maxSinglePartObjectSize(MAX_SINGLE_PUT_BYTES)
                .v4MaxNonChunkedRequestSize(MAX_UNCHUNKED_BYTES)
                .jettyMaxThreads(MAX_THREADS)
                .build();
        proxy.start();
        return new S3Server(proxy, store);
    }

    public int port() {
        return proxy.getPort();
    }

    /** Answers 500 to the next so many objects, after they were stored. */
    public void failAfterStoring(int times) {
        store.failAfterStoring(times);
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }

    /** With this storage a bucket is a folder. */
    private static void createBucket(Path data) throws IOException {
        Files.createDirectories(data.resolve(BUCKET));
    }
}
