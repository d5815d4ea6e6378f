package dev.earshot.fetcher.listing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earshot.fetcher.twilio.ListedPage;
import dev.earshot.fetcher.twilio.ListedRecording;
import dev.earshot.fetcher.twilio.ListedRecording.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far an account's list is published.
 *
 * @param seenUntil everything that was made before this time is published
 * @param listedAt when a page was listed last, by whichever replica
 * @param round the list that is under way; empty between two of them
 */
record Mark(Instant seenUntil, Instant listedAt, Optional<Round> round) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();

    /** @throws IllegalArgumentException if a field is missing: the mark is made anew then */
    Mark {
        if (seenUntil == null || listedAt == null) {
            throw new IllegalArgumentException("a mark has seenUntil and listedAt");
        }
    }

    /**
     * A list under way.
     *
     * @param from what was made before this time is not looked at
     * @param to when it was begun: what is made later belongs to the next one
     * @param next the page that comes next; empty before the first one
     * @param oldestUnfinished when the oldest recording was made that Twilio had not finished
     */
    record Round(Instant from, Instant to, Optional<String> next, Optional<Instant> oldestUnfinished) {
        /** The whole of it once more. */
        Round anew() {
            return new Round(from, to, Optional.empty(), oldestUnfinished);
        }
    }

    /** Before anything was listed. */
    static Mark first(Instant now, Duration lookBack) {
        return new Mark(now.minus(lookBack), Instant.EPOCH, Optional.empty());
    }

    /** @param turn for so long after a list it is nobody's turn */
    boolean isDue(Instant now, Duration turn) {
        return round.isPresent() || !now.isBefore(listedAt.plus(turn));
    }

    /** The list that is under way, or a new one. */
    Round begin(Instant now, Duration overlap) {
        return round.orElseGet(() -> new Round(seenUntil.minus(overlap), now, Optional.empty(), Optional.empty()));
    }

    /**
     * A page of the round was published.
     *
     * @param longest how long a recording that is not finished may hold the mark back
     */
    Mark published(Round of, ListedPage page, Instant now, Duration longest) {
        Optional<Instant> unfinished = Stream.concat(
                        of.oldestUnfinished().stream(),
                        page.recordings().stream()
                                .filter(each -> each.progress() == Progress.UNFINISHED)
                                .map(ListedRecording::createdAt))
                .min(Comparator.naturalOrder());
        if (page.next().isPresent() && !isPast(page, of.from())) {
            return new Mark(seenUntil, now, Optional.of(new Round(of.from(), of.to(), page.next(), unfinished)));
        }
        Instant held = unfinished.filter(oldest -> oldest.isBefore(of.to())).orElse(of.to());
        Instant earliest = of.to().minus(longest);
        Instant reached = held.isBefore(earliest) ? earliest : held;
        return new Mark(reached.isAfter(seenUntil) ? reached : seenUntil, now, Optional.empty());
    }

    /** Twilio lists the newest first, so behind a page that is all too old nothing is wanted. */
    static boolean isPast(ListedPage page, Instant from) {
        return !page.recordings().isEmpty()
                && page.recordings().stream().noneMatch(each -> Sightings.isSince(each.createdAt(), from));
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return empty if it is none: it is made anew then, and more is listed than need be */
    static Optional<Mark> read(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, Mark.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
