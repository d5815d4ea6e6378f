package dev.earshot.e2e.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket, seen past the relay. */
public final class Bucket {
    private static final Map<Stack, Bucket> BY_STACK = new ConcurrentHashMap<>();

    private final String name = Stack.running().at("/s3/bucket");
    private final S3Client s3 = S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(URI.create(Stack.running().at("/s3/directEndpoint")))
            .region(Region.of(Stack.running().at("/s3/region")))
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    Stack.running().at("/s3/accessKey"), Stack.running().at("/s3/secretKey"))))
            .build();

    private Bucket() {}

    public static Bucket local() {
        return BY_STACK.computeIfAbsent(Stack.running(), stack -> new Bucket());
    }

    public String name() {
        return name;
    }

    /** The keys below a prefix. */
    public List<String> keys(String prefix) {
        return s3.listObjectsV2(request -> request.bucket(name).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The keys of what is no waveform below a prefix: whether one is there yet depends on the moment. */
    public List<String> audioKeys(String prefix) {
        return keys(prefix).stream().filter(key -> !key.endsWith("/peaks")).toList();
    }

    /**
     * The sizes in bytes of what can be seen as audio below a prefix. S3Proxy also lists the file that it is writing to,
     * under a key with a suffix; a real store does not.
     */
    public List<Long> audioSizes(String prefix) {
        return s3.listObjectsV2(request -> request.bucket(name).prefix(prefix)).contents().stream()
                .filter(object -> object.key().endsWith("/audio"))
                .map(S3Object::size)
                .toList();
    }

    /** How many parts the unfinished uploads under a key have. */
    public int uploadedParts(String key) {
        return s3.listMultipartUploads(request -> request.bucket(name)).uploads().stream()
                .filter(upload -> upload.key().equals(key))
                .mapToInt(upload -> s3.listParts(
                                request -> request.bucket(name).key(key).uploadId(upload.uploadId()))
                        .parts()
                        .size())
                .sum();
    }

    /** The multipart uploads that were begun and neither ended nor aborted. */
    public List<String> unfinishedUploads() {
        return s3.listMultipartUploads(request -> request.bucket(name)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    /** Begins a multipart upload that nobody will end; its id. */
    public String beginUpload(String key) {
        return s3.createMultipartUpload(request -> request.bucket(name).key(key))
                .uploadId();
    }

    public void abortUpload(String key, String uploadId) {
        s3.abortMultipartUpload(request -> request.bucket(name).key(key).uploadId(uploadId));
    }

    /** Hashed as it is read: an object may be larger than the memory. */
    public String sha256(String key) {
        try (InputStream object = s3.getObject(request -> request.bucket(name).key(key))) {
            return Listener.sha256(object);
        } catch (NoSuchKeyException e) {
            throw new AssertionError("no object under " + key, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] read(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArray();
    }

    /** A part, both ends included. */
    public byte[] read(String key, long first, long last) {
        return s3.getObjectAsBytes(request -> request.bucket(name).key(key).range("bytes=" + first + "-" + last))
                .asByteArray();
    }

    public void write(String key, byte[] bytes) {
        s3.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(bytes));
    }

    public void delete(String key) {
        s3.deleteObject(request -> request.bucket(name).key(key));
    }
}
