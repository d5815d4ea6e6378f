package dev.earshot.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a record that can never be processed: the record as it came, where it came from and why it lies here.
 * With that it is larger than the record, so a record of the largest size needs a letter that is {@link #cut}.
 */
public final class DeadLetter {
    /** Why. */
    public static final String REASON = "earshot-dead-letter-reason";
    /** The topic that the record came on. */
    public static final String TOPIC = "earshot-dead-letter-topic";
    /** Its partition there. */
    public static final String PARTITION = "earshot-dead-letter-partition";
    /** Its offset there. */
    public static final String OFFSET = "earshot-dead-letter-offset";
    /** Only on a letter that was cut: the length in bytes that the value had. */
    public static final String CUT = "earshot-dead-letter-cut";

    /** Only on a record that was replayed: the letter that it lay in, as topic/partition/offset. */
    public static final String REPLAY_OF = "earshot-replay-of";

    private static final List<String> OURS = List.of(REASON, TOPIC, PARTITION, OFFSET);
    private static final int KEPT_VALUE_BYTES = 64 << 10;
    private static final int KEPT_TEXT = 1 << 10;
    private static final int KEPT_HEADERS = 32;

    private final @Nullable String key;
    private final byte @Nullable [] value;
    private final List<Header> came;
    private final List<Header> ours;

    private DeadLetter(@Nullable String key, byte @Nullable [] value, List<Header> came, List<Header> ours) {
        this.key = key;
        this.value = value;
        this.came = came;
        this.ours = ours;
    }

    /** A record's header. */
    public static final class Header {
        private final String name;
        private final byte @Nullable [] value;

        public Header(String name, byte @Nullable [] value) {
            this.name = name;
            this.value = value;
        }

        public String name() {
            return name;
        }

        public byte @Nullable [] value() {
            return value;
        }

        private boolean isShort() {
            return name.length() <= KEPT_TEXT && (value == null || value.length <= KEPT_TEXT);
        }
    }

    /** Where a record was found. */
    public record Place(String topic, int partition, long offset) {}

    /** The letter for a record, with everything that it had. */
    public static DeadLetter of(
            @Nullable String key, byte @Nullable [] value, List<Header> headers, Place place, String reason) {
        return new DeadLetter(
                key,
                value,
                List.copyOf(headers),
                List.of(
                        header(REASON, reason),
                        header(TOPIC, place.topic()),
                        header(PARTITION, Integer.toString(place.partition())),
                        header(OFFSET, Long.toString(place.offset()))));
    }

    /**
     * The same with no more than the beginning of the value and of the key, and without long or very many headers: what any
     * broker takes. The whole record stays on its own topic while that keeps it.
     */
    public DeadLetter cut() {
        List<Header> marked = new ArrayList<>(ours);
        marked.add(header(CUT, Integer.toString(value == null ? 0 : value.length)));
        return new DeadLetter(
                key == null ? null : key.substring(0, Math.min(key.length(), KEPT_TEXT)),
                value == null ? null : Arrays.copyOf(value, Math.min(value.length, KEPT_VALUE_BYTES)),
                came.stream().filter(Header::isShort).limit(KEPT_HEADERS).toList(),
                List.copyOf(marked));
    }

    /** The headers that a record had, of those that its letter has. */
    public static List<Header> came(List<Header> headers) {
        int end = headers.size();
        if (end > 0 && headers.get(end - 1).name().equals(CUT)) {
            end--;
        }
        int begin = end - OURS.size();
        boolean isLetter = begin >= 0
                && headers.subList(begin, end).stream()
                        .map(Header::name)
                        .toList()
                        .equals(OURS);
        return List.copyOf(isLetter ? headers.subList(0, begin) : headers);
    }

    /** The record's key; null where it had none. */
    public @Nullable String key() {
        return key;
    }

    /** The record's value; null where it had none. */
    public byte @Nullable [] value() {
        return value;
    }

    /** The record's headers, then ours: of two with one name the last one counts. */
    public List<Header> headers() {
        List<Header> all = new ArrayList<>(came);
        all.addAll(ours);
        return List.copyOf(all);
    }

    private static Header header(String name, String text) {
        return new Header(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
