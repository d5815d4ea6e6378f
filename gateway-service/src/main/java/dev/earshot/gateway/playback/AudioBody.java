package dev.earshot.gateway.playback;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * What is sent after the head: one part of the audio as it is, or several as {@code multipart/byteranges} (RFC 9110
 * section 14.6).
 *
 * @param parts at least one, in the order in which they are sent
 * @param end what closes the last part; ASCII
 */
record AudioBody(List<Part> parts, String end) {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** 128 bits: nobody can make a recording that holds a boundary, and none holds one by chance. */
    private static final int BOUNDARY_BYTES = 16;

    AudioBody {
        parts = List.copyOf(parts);
    }

    /**
     * A part of the audio.
     *
     * @param head what is sent before it; ASCII
     * @param range which bytes
     */
    record Part(String head, ByteRange range) {
        private long length() {
            return ascii(head).length + range.length();
        }
    }

    /** Nothing but these bytes. */
    static AudioBody of(ByteRange range) {
        return new AudioBody(List.of(new Part("", range)), "");
    }

    /**
     * Each range with a head of its own.
     *
     * @param ranges in the order asked
     * @param boundary a token that does not occur in the audio
     * @param contentType the audio's
     * @param size the whole audio's in bytes
     */
    static AudioBody several(List<ByteRange> ranges, String boundary, String contentType, long size) {
        return new AudioBody(
                ranges.stream()
                        .map(range -> new Part(head(boundary, contentType, range.contentRange(size)), range))
                        .toList(),
                "\r\n--" + boundary + "--\r\n");
    }

    /** The first delimiter is on a line of its own too, as nginx and Apache send it. */
    private static String head(String boundary, String contentType, String contentRange) {
        return "\r\n--" + boundary + "\r\nContent-Type: " + contentType + "\r\nContent-Range: " + contentRange
                + "\r\n\r\n";
    }

    /** A new boundary that nobody can guess; it needs no quotes, which some clients cannot read. */
    static String boundary() {
        byte[] random = new byte[BOUNDARY_BYTES];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The first part's bytes. */
    ByteRange first() {
        return parts.get(0).range();
    }

    /** The value of {@code Content-Length}. */
    long length() {
        return parts.stream().mapToLong(Part::length).sum() + ascii(end).length;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
