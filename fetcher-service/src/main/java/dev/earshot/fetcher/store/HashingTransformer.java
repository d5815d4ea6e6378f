package dev.earshot.fetcher.store;

import dev.earshot.events.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Hashes a body as it comes, one buffer at a time, and keeps none of it. */
final class HashingTransformer implements AsyncResponseTransformer<GetObjectResponse, ReadBack> {
    private volatile CompletableFuture<ReadBack> result = new CompletableFuture<>();
    private volatile @Nullable GetObjectResponse response;

    @Override
    public CompletableFuture<ReadBack> prepare() {
        result = new CompletableFuture<>();
        return result;
    }

    @Override
    public void onResponse(GetObjectResponse answer) {
        this.response = answer;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> body) {
        body.subscribe(new Hasher());
    }

    @Override
    public void exceptionOccurred(Throwable error) {
        boolean ignored = result.completeExceptionally(error);
    }

    private ReadBack readBack(byte[] digest, long sizeBytes) {
        GetObjectResponse answer = response;
        if (answer == null) {
            throw new IllegalStateException("a body without headers");
        }
        return new ReadBack(
                Sha256.of(digest), sizeBytes, Etags.bare(answer.eTag()), answer.contentType(), answer.metadata());
    }

    private final class Hasher implements Subscriber<ByteBuffer> {
        private final MessageDigest digest = sha256();
        private final CompletableFuture<ReadBack> target = result;
        private long sizeBytes;
        private @Nullable Subscription subscription;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            sizeBytes += chunk.remaining();
            digest.update(chunk);
            Subscription current = subscription;
            if (current != null) {
                current.request(1);
            }
        }

        @Override
        public void onError(Throwable error) {
            boolean ignored = target.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            try {
                boolean ignored = target.complete(readBack(digest.digest(), sizeBytes));
            } catch (RuntimeException e) {
                onError(e);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
