package dev.earshot.gateway.playback;

/**
 * A part of a representation, both ends included (RFC 9110 section 14.1.2).
 *
 * @param first offset of the first byte
 * @param last offset of the last byte
 */
public record ByteRange(long first, long last) {
    /** @throws IllegalArgumentException if it is no range */
    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("not a range: " + first + "-" + last);
        }
    }

    /** How many bytes it has. */
    public long length() {
        return last - first + 1;
    }

    /** The value of {@code Content-Range} (RFC 9110 section 14.4). */
    String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /** The value of {@code Range} that asks for exactly this. */
    public String header() {
        return "bytes=" + first + "-" + last;
    }
}
