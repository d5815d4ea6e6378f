package dev.earshot.gateway.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earshot.events.DeadLetter;
import dev.earshot.events.EventCodec;
import dev.earshot.gateway.deadletter.Search.Found;
import dev.earshot.gateway.http.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters, as the API shows them.
 *
 * @param total how many lie in these topics, as far as Kafka can tell without reading them
 * @param complete whether all of them were looked at
 * @param letters newest first
 */
public record LettersView(long total, boolean complete, List<One> letters) {
    /** As much of a text as tells what it is. */
    private static final int LONGEST_TEXT = 255;

    private static final int MOST_HEADERS = 40;

    /**
     * One letter.
     *
     * @param topic that the record came on
     * @param partition of the topic of letters
     * @param offset there
     * @param writtenAt when it was put there
     * @param reason why
     * @param camePartition where the record was
     * @param sizeBytes of what is kept of its value
     * @param cut whether that is but the beginning
     * @param excerpt the first characters of it; what is not printable ASCII is a question mark
     * @param headers those that it came with
     * @param replayOf it was replayed before, out of this letter, and failed again
     * @param replayedAt when it was last replayed
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record One(
            String topic,
            int partition,
            long offset,
            String writtenAt,
            String why,
            Optional<String> camePartition,
            Optional<String> cameOffset,
            Optional<String> key,
            int sizeBytes,
            boolean cut,
            Optional<String> excerpt,
            List<Header> headers,
            Optional<String> replayOf,
            Optional<String> replayedAt,
            Optional<String> replayedBy) {
        static One of(Letter letter, Optional<Replays.Replay> replay) {
            return new One(
                    letter.place().topic(),
                    letter.place().partition(),
                    letter.place().offset(),
                    letter.writtenAt().toString(),
                    safe(letter.reason()),
                    letter.header(DeadLetter.PARTITION).map(LettersView::safe),
                    letter.header(DeadLetter.OFFSET).map(LettersView::safe),
                    Optional.ofNullable(letter.key()).map(LettersView::safe),
                    letter.sizeBytes(),
                    letter.isCut(),
                    Optional.ofNullable(beginning(letter.value())),
                    letter.came().stream().limit(MOST_HEADERS).map(Header::of).toList(),
                    letter.header(DeadLetter.REPLAY_OF).map(LettersView::safe),
                    replay.map(each -> each.at().toString()),
                    replay.map(each -> safe(each.by())));
        }
    }

    /** One header, a part of it where it is long. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Header(String name, Optional<String> value) {
        static Header of(DeadLetter.Header header) {
            return new Header(
                    safe(header.name()),
                    Optional.ofNullable(EventCodec.text(header.value())).map(LettersView::safe));
        }
    }

    static LettersView of(Found found, Map<Replays.Which, Replays.Replay> replays) {
        return new LettersView(
                found.total(),
                found.complete(),
                found.letters().stream()
                        .map(letter -> One.of(letter, Optional.ofNullable(replays.get(Replays.Which.of(letter)))))
                        .toList());
    }

    private static @Nullable String beginning(byte @Nullable [] value) {
        return value == null ? null : safe(new String(value, StandardCharsets.ISO_8859_1));
    }

    private static String safe(String text) {
        return Told.printable(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    }
}
