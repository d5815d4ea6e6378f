package dev.earshot.events;

/**
 * Where a generation's audio belongs.
 *
 * @param bucket the bucket's name
 * @param key the exact key, {@link RecordingKey#objectKey(int)}
 */
public record ObjectRef(String bucket, String key) {
    /** @throws IllegalArgumentException if either is empty */
    public ObjectRef {
        Checks.notBlank(bucket, "object.bucket");
        Checks.notBlank(key, "object.key");
    }
}
