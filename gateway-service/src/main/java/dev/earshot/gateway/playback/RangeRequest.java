package dev.earshot.gateway.playback;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code Range} header asks of a representation of a known size (RFC 9110 section 14.2). A header that is no
 * valid {@code bytes} range is ignored, and never an error; ADR 0022 tells what was chosen where the RFC lets us choose.
 */
sealed interface RangeRequest {
    /** Everything. */
    record Whole() implements RangeRequest {}

    /** One part. */
    record Part(ByteRange range) implements RangeRequest {}

    /** Two parts or more, disjoint and with a gap between any two, in the order asked. */
    record Several(List<ByteRange> ranges) implements RangeRequest {}

    /** Nothing of it lies inside: 416. */
    record Unsatisfiable() implements RangeRequest {}

    /** Units are case-insensitive (section 14.1); no blank may stand before the equals sign. */
    String PREFIX = "bytes=";

    /** {@code first-}, {@code first-last} or {@code -length}; no blanks inside. */
    Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

    /**
     * Reads the header.
     *
     * @param header all its lines as one
     * @param size of the representation in bytes
     * @param mostParts if more parts are left after joining, the whole is meant (section 14.2 allows it)
     */
    static RangeRequest of(Optional<String> header, long size, int mostParts) {
        return header.flatMap(RangeRequest::specs)
                .flatMap(specs -> select(specs, size))
                .map(ranges -> answer(ranges, mostParts))
                .orElseGet(Whole::new);
    }

    /** The range-set's members; empty if this is not a byte range that we know. */
    private static Optional<List<String>> specs(String header) {
        if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return Optional.empty();
        }
        // Section 5.6.1.2: a recipient accepts empty list elements.
        List<String> specs = List.of(header.substring(PREFIX.length()).split(",", -1)).stream()
                .map(String::strip)
                .filter(spec -> !spec.isEmpty())
                .toList();
        return specs.isEmpty() ? Optional.empty() : Optional.of(specs);
    }

    /** The satisfiable members as they were asked; empty if the header is to be ignored. */
    private static Optional<List<ByteRange>> select(List<String> specs, long size) {
        BigInteger length = BigInteger.valueOf(size);
        List<ByteRange> ranges = new ArrayList<>();
        boolean allOfNothing = false;
        for (String spec : specs) {
            Matcher parts = SPEC.matcher(spec);
            if (!parts.matches() || !isValid(parts.group(1), parts.group(2))) {
                // One invalid member makes the whole header invalid.
                return Optional.empty();
            }
            resolve(parts.group(1), parts.group(2), length).ifPresent(ranges::add);
            allOfNothing |= size == 0 && meansAll(parts.group(1), parts.group(2));
        }
        // No Content-Range can name a part of nothing, so that all of nothing is a 200.
        return allOfNothing ? Optional.empty() : Optional.of(ranges);
    }

    private static RangeRequest answer(List<ByteRange> asked, int mostParts) {
        List<ByteRange> ranges = ByteRange.joined(asked);
        if (ranges.size() > mostParts) {
            return new Whole();
        }
        return switch (ranges.size()) {
            case 0 -> new Unsatisfiable();
            case 1 -> new Part(ranges.get(0));
            default -> new Several(ranges);
        };
    }

    private static boolean isValid(String first, String last) {
        if (first.isEmpty() || last.isEmpty()) {
            return !first.isEmpty() || !last.isEmpty();
        }
        return new BigInteger(first).compareTo(new BigInteger(last)) <= 0;
    }

    /** Of a representation without a byte: from its start, or a last part that is longer than nothing. */
    private static boolean meansAll(String first, String last) {
        return first.isEmpty() ? new BigInteger(last).signum() > 0 : new BigInteger(first).signum() == 0;
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
