package dev.earshot.events;

/**
 * An object that was written and read back.
 *
 * @param bucket the bucket's name
 * @param key the exact key, {@link RecordingKey#objectKey(int)}
 * @param sizeBytes its length in bytes, more than zero
 * @param sha256 the SHA-256 of exactly these bytes
 * @param etag the store's entity tag without quotes; opaque, not a hash of the content
 * @param contentType the media type, for example {@code audio/mpeg}
 */
public record StoredObject(String bucket, String key, long sizeBytes, Sha256 sha256, String etag, String contentType) {
    /** @throws IllegalArgumentException if a text is empty or the size is not positive */
    public StoredObject {
        Checks.notBlank(bucket, "object.bucket");
        Checks.notBlank(key, "object.key");
        Checks.positive(sizeBytes, "object.sizeBytes");
        Checks.present(sha256, "object.sha256");
        Checks.notBlank(etag, "object.etag");
        Checks.notBlank(contentType, "object.contentType");
    }

    /** Where it lies. Not part of the JSON. */
    public ObjectRef ref() {
        return new ObjectRef(bucket, key);
    }
}
