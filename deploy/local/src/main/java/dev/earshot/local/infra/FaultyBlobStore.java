package dev.earshot.local.infra;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
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

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
        return told(super.putBlob(request, bytes));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return told(super.completeMultipartUpload(upload, request));
    }

    private <T> T told(T answer) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw S3Exceptions.fromStatusCode(500);
        }
        return answer;
    }
}
