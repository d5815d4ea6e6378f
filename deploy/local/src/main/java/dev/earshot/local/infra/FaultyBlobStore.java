package dev.earshot.local.infra;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The real store, whose word on an upload can be false: 500, though the object is there. Real stores do so when they are overloaded. */
final class FaultyBlobStore extends ForwardingBlobStore {
    private final AtomicInteger failures = new AtomicInteger();

    FaultyBlobStore(BlobStore real) {
        super(real);
    }

    void failAfterStoring(int times) {
        failures.set(times);
    }

    /** Not the empty objects that remember an upload in parts: they are this server's own affair. */
    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
        PutObjectResponse answer = super.putBlob(request, bytes);
        boolean audio = request.contentLength() != null && request.contentLength() > 0;
        if (audio && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw S3Exceptions.fromStatusCode(500);
        }
        return answer;
    }
}
