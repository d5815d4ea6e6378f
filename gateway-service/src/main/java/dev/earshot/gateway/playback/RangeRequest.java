package dev.earshot.gateway.playback;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code Range} header asks of a representation of a known size (RFC 9110 section 14.2). A header that is no
 * valid {@code bytes} range is ignored, as the RFC demands, and never an error.
 */
sealed interface RangeRequest {
    /** More ranges than this are an attack or a mistake; the RFC lets us ignore them (section 14.2). */
    int MOST_RANGES = 16;

    /** Everything. */
    record Whole() implements RangeRequest {}

    /** One part. */
    record Part(ByteRange range) implements RangeRequest {}

    /** Several parts, in the order asked; answered whole until multipart/byteranges is there. */
    record Several(List<ByteRange> ranges) implements RangeRequest {}

    /** Nothing of it lies inside: 416. */
    record Unsatisfiable() implements RangeRequest {}

    /** {@code first-}, {@code first-last} or {@code -length}; ABNF allows no blanks inside. */
    Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

    /** Reads the header for a representation of {@code size} bytes, at least one. */
    static RangeRequest of(Optional<String> header, long size) {
        return header.flatMap(RangeRequest::specs)
                .map(specs -> select(specs, BigInteger.valueOf(size)))
                .orElseGet(Whole::new);
    }

    /** The range-set's members; empty if this is not a byte range that we know. Units are case-insensitive. */
    private static Optional<List<String>> specs(String header) {
        int equals = header.indexOf('=');
        if (equals < 0
                || !header.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("bytes")) {
            return Optional.empty();
        }
        // Section 5.6.1.2: a recipient accepts empty list elements.
        List<String> specs = List.of(header.substring(equals + 1).split(",", -1)).stream()
                .map(String::strip)
                .filter(spec -> !spec.isEmpty())
                .toList();
        return specs.isEmpty() || specs.size() > MOST_RANGES ? Optional.empty() : Optional.of(specs);
    }

    private static RangeRequest select(List<String> specs, BigInteger size) {
        List<ByteRange> ranges = new ArrayList<>();
        for (String spec : specs) {
            Matcher parts = SPEC.matcher(spec);
            if (!parts.matches() || !isValid(parts.group(1), parts.group(2))) {
                // One invalid member makes the whole header invalid.
                return new Whole();
            }
            resolve(parts.group(1), parts.group(2), size).ifPresent(ranges::add);
        }
        return switch (ranges.size()) {
            case 0 -> new Unsatisfiable();
            case 1 -> new Part(ranges.get(0));
            default -> new Several(List.copyOf(ranges));
        };
    }

    private static boolean isValid(String first, String last) {
        if (first.isEmpty() || last.isEmpty()) {
            return !first.isEmpty() || !last.isEmpty();
        }
        return new BigInteger(first).compareTo(new BigInteger(last)) <= 0;
    }

    /** Clamps to the size; empty if nothing is left. The numbers may be larger than any size there is. */
    private static Optional<ByteRange> resolve(String first, String last, BigInteger size) {
        if (first.isEmpty()) {
            BigInteger length = new BigInteger(last).min(size);
            return length.signum() == 0
                    ? Optional.empty()
                    : Optional.of(new ByteRange(size.subtract(length).longValueExact(), size.longValueExact() - 1));
        }
        BigInteger from = new BigInteger(first);
        if (from.compareTo(size) >= 0) {
            return Optional.empty();
        }
        BigInteger end = size.subtract(BigInteger.ONE);
        BigInteger to = last.isEmpty() ? end : new BigInteger(last).min(end);
        return Optional.of(new ByteRange(from.longValueExact(), to.longValueExact()));
    }
}
