package dev.earshot.gateway.deadletter;

import dev.earshot.events.DeadLetter;
import dev.earshot.events.Topics;
import dev.earshot.gateway.deadletter.Search.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One look at the letters. Blocks, for a bounded time; reads a bounded number of records and keeps a bounded number of bytes. */
final class Reading {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(250);
    /** Where they are looked for by their reason, so many of the newest of each partition are. */
    private static final int MOST_LOOKED_AT = 10_000;

    private static final long MOST_BYTES = 16L << 20;
    /** A list shows the beginnings alone. */
    private static final int LISTED_BYTES = 1 << 10;

    private static final Comparator<Letter> OLDEST_FIRST = Comparator.comparing(Letter::writtenAt)
            .thenComparing(letter -> letter.place().offset());

    private final Consumer<String, byte[]> consumer;
    private final Search search;
    private final List<Letter> kept = new ArrayList<>();
    private final long deadlineNanos = System.nanoTime() + LONGEST.toNanos();
    private long bytes;
    private int lookedAt;

    Reading(Consumer<String, byte[]> consumer, Search search) {
        this.consumer = consumer;
        this.search = search;
    }

    Found run() {
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = ends(partitions);
        Map<TopicPartition, Long> starts = partitions.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        each -> start(begins.getOrDefault(each, 0L), ends.getOrDefault(each, 0L))));
        starts.forEach(consumer::seek);
        boolean readAll = readUpTo(ends);
        long total = partitions.stream()
                .mapToLong(each -> ends.getOrDefault(each, 0L) - begins.getOrDefault(each, 0L))
                .sum();
        return new Found(inOrder(), total, readAll && starts.equals(begins));
    }

    private List<TopicPartition> partitions() {
        List<String> names = search.topics().stream().map(Topics::deadLetters).toList();
        return consumer.listTopics().entrySet().stream()
                .filter(topic -> names.contains(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .filter(each -> !(search.from() instanceof Search.From.One one)
                        || each.partition() == one.place().partition())
                .toList();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (search.from() instanceof Search.From.One one) {
            ends.replaceAll((each, end) -> Math.min(end, one.place().offset() + 1));
        }
        return ends;
    }

    private long start(long begin, long end) {
        return switch (search.from()) {
            case Search.From.Newest newest -> Math.max(begin, end - MOST_LOOKED_AT);
            case Search.From.Oldest oldest -> begin;
            case Search.From.One one ->
                Math.max(begin, Math.min(end, one.place().offset()));
        };
    }

    /** @return whether it was read to the end, as far as that was then */
    private boolean readUpTo(Map<TopicPartition, Long> ends) {
        while (isBefore(ends)) {
            if (isFull() || System.nanoTime() > deadlineNanos) {
                return false;
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                look(record, ends);
            }
        }
        return !isFull();
    }

    private boolean isBefore(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private boolean isFull() {
        return switch (search.from()) {
            case Search.From.Newest newest -> false;
            case Search.From.Oldest oldest ->
                kept.size() >= search.atMost() || bytes >= MOST_BYTES || lookedAt >= MOST_LOOKED_AT;
            case Search.From.One one -> false;
        };
    }

    private void look(ConsumerRecord<String, byte[]> record, Map<TopicPartition, Long> ends) {
        lookedAt++;
        if (isFull()
                || record.offset() >= ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
            return;
        }
        Letter letter = letter(record);
        if (search.wanted().test(letter)) {
            kept.add(search.from() instanceof Search.From.Newest ? shortened(letter) : letter);
            bytes += letter.sizeBytes();
            forgetTheOldest();
        }
    }

    /** Of those that are listed no more are kept than are wanted, give or take. */
    private void forgetTheOldest() {
        if (search.from() instanceof Search.From.Newest && kept.size() >= 2 * search.atMost()) {
            kept.sort(OLDEST_FIRST.reversed());
            kept.subList(search.atMost(), kept.size()).clear();
        }
    }

    private List<Letter> inOrder() {
        kept.sort(search.from() instanceof Search.From.Newest ? OLDEST_FIRST.reversed() : OLDEST_FIRST);
        return List.copyOf(kept.subList(0, Math.min(kept.size(), search.atMost())));
    }

    private Letter letter(ConsumerRecord<String, byte[]> record) {
        List<DeadLetter.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new DeadLetter.Header(header.key(), header.value())));
        String topic = search.topics().stream()
                .filter(each -> Topics.deadLetters(each).equals(record.topic()))
                .findFirst()
                .orElseThrow();
        return new Letter(
                new Letter.Place(topic, record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                List.copyOf(headers),
                record.value() == null ? 0 : record.value().length);
    }

    private static Letter shortened(Letter letter) {
        byte[] value = letter.value();
        return value == null || value.length <= LISTED_BYTES
                ? letter
                : new Letter(
                        letter.place(),
                        letter.writtenAt(),
                        letter.key(),
                        java.util.Arrays.copyOf(value, LISTED_BYTES),
                        letter.headers(),
                        letter.sizeBytes());
    }
}
