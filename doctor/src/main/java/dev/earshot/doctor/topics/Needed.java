package dev.earshot.doctor.topics;

import dev.earshot.events.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A topic that a service needs.
 *
 * @param kept how
 */
public record Needed(String topic, Kept kept) {
    /** How a topic is kept. */
    public enum Kept {
        /** Requests and outcomes: three days are what we run, one is the least that outlives a bad night. */
        DAYS,
        /** What a person is to look at. */
        WEEKS,
        /** The last word on each key, for ever. */
        COMPACTED
    }

    /** Those that the gateway writes and reads. */
    public static List<Needed> byGateway(boolean accessAudit) {
        List<Needed> needed = new ArrayList<>(work(
                List.of(Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS, Topics.LISTING_REQUESTS),
                List.of(Topics.FETCH_OUTCOMES, Topics.RECORDINGS_SEEN, Topics.LISTING_PROGRESS)));
        needed.add(new Needed(Topics.RECORDINGS, Kept.COMPACTED));
        if (accessAudit) {
            needed.add(new Needed(Topics.ACCESS, Kept.WEEKS));
        }
        return List.copyOf(needed);
    }

    /** Those that the fetcher writes and reads. */
    public static List<Needed> byFetcher() {
        return work(
                List.of(Topics.FETCH_OUTCOMES, Topics.RECORDINGS_SEEN, Topics.LISTING_PROGRESS),
                List.of(Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS, Topics.LISTING_REQUESTS));
    }

    private static List<Needed> work(List<String> written, List<String> read) {
        return Stream.of(
                        written.stream().map(topic -> new Needed(topic, Kept.DAYS)),
                        read.stream().map(topic -> new Needed(topic, Kept.DAYS)),
                        read.stream().map(topic -> new Needed(Topics.deadLetters(topic), Kept.WEEKS)))
                .flatMap(each -> each)
                .toList();
    }
}
