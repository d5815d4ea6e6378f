package dev.earshot.events;

/**
 * One recording as one tenant sees it: what every look-up is made by, and the Kafka key that keeps all events of one
 * recording in one partition and so in order.
 *
 * @param tenant whose it is
 * @param recordingSid which it is
 */
public record RecordingKey(Tenant tenant, RecordingSid recordingSid) {

    /** Reads {@code tenant:recordingSid}. @throws IllegalArgumentException if the text is anything else */
    public static RecordingKey parse(String kafkaKey) {
        int colon = kafkaKey.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a record key (expected tenant:recordingSid)");
        }
        return new RecordingKey(
                new Tenant(kafkaKey.substring(0, colon)), new RecordingSid(kafkaKey.substring(colon + 1)));
    }

    /** {@code tenant:recordingSid}, the key of every record on Earshot's topics. */
    public String kafkaKey() {
        return tenant.value() + ":" + recordingSid.value();
    }

    /** {@code {tenant}/{recordingSid}/}: every object that was ever stored for this recording has this prefix. */
    public String objectPrefix() {
        return tenant.value() + "/" + recordingSid.value() + "/";
    }

    /** {@code {tenant}/{recordingSid}/{generation}/}: every object of one generation has this prefix. */
    public String objectPrefix(int generation) {
        return objectPrefix() + generation + "/";
    }

    /**
     * The exact key of one generation's audio. It is decided before the fetch and derived by both services, so neither
     * has to trust the other's word for it.
     */
    public String objectKey(int generation) {
        return objectPrefix(generation) + "audio";
    }

    /** The exact key of the same generation's waveform peaks, beside its audio; they may not be there. */
    public String peaksKey(int generation) {
        return objectPrefix(generation) + "peaks";
    }

    @Override
    public String toString() {
        return kafkaKey();
    }
}
