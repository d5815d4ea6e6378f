package dev.earshot.gateway.playback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

    /**
     * The value of {@code Content-Range} (RFC 9110 section 14.4).
     *
     * @param size of the whole in bytes
     */
    public String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /** The value of {@code Range} that asks for exactly this. */
    public String header() {
        return "bytes=" + first + "-" + last;
    }

    /**
     * The same bytes, each once: ranges that overlap or touch become one, which stands where the first of them stood (RFC
     * 9110 section 15.3.7.2).
     */
    static List<ByteRange> joined(List<ByteRange> asked) {
        List<Placed> byStart = IntStream.range(0, asked.size())
                .mapToObj(place -> new Placed(place, asked.get(place)))
                .sorted(Comparator.comparingLong(placed -> placed.range.first))
                .toList();
        List<Placed> joined = new ArrayList<>();
        for (Placed next : byStart) {
            if (!joined.isEmpty() && joined.getLast().reaches(next)) {
                joined.set(joined.size() - 1, joined.getLast().with(next));
            } else {
                joined.add(next);
            }
        }
        return joined.stream()
                .sorted(Comparator.comparingInt(Placed::place))
                .map(Placed::range)
                .toList();
    }

    private record Placed(int place, ByteRange range) {
        /** @param next does not begin before this one */
        private boolean reaches(Placed next) {
            return next.range.first <= range.last + 1;
        }

        private Placed with(Placed next) {
            return new Placed(
                    Math.min(place, next.place), new ByteRange(range.first, Math.max(range.last, next.range.last)));
        }
    }
}
