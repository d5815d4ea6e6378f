package dev.earshot.gateway.deadletter;

import dev.earshot.events.DeadLetter;
import dev.earshot.events.Topics;
import dev.earshot.gateway.deadletter.Search.Found;
import dev.earshot.gateway.fetch.DeadLetters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Has letters processed once more, one after the other. */
@ApplicationScoped
class Replaying {
    private final KafkaDeadLetters letters;
    private final Replays replays;
    private final DeadLetters topics;

    Replaying(KafkaDeadLetters letters, Replays replays, DeadLetters topics) {
        this.letters = letters;
        this.replays = replays;
        this.topics = topics;
    }

    /**
     * What is to be replayed.
     *
     * @param one that one alone; none for the oldest of the topic
     * @param reason what their reasons have in them
     * @param again also if it was before; of one alone
     * @param by who wants it
     */
    record Wanted(
            String topic,
            Optional<Letter.Place> one,
            Optional<String> reason,
            int atMost,
            boolean dryRun,
            boolean again,
            String by) {}

    /** What became of one. */
    enum Outcome {
        /** It would be. */
        FOUND,
        /** The broker has it. */
        REPLAYED,
        /** It was before, or somebody else does it now. */
        KNOWN,
        /** There is but the beginning of it. */
        CUT,
        /** The broker never takes it. */
        REFUSED
    }

    /**
     * What became of them all.
     *
     * @param complete whether there are no more
     */
    record Replayed(List<Outcome> outcomes, boolean complete) {
        long count(Outcome outcome) {
            return outcomes.stream().filter(each -> each == outcome).count();
        }
    }

    Uni<Replayed> replay(Wanted wanted) {
        return replays.forgetOld()
                .chain(() -> replays.known(List.of(wanted.topic())))
                .chain(known -> letters.read(
                        search(wanted, letter -> wanted.again() || !known.containsKey(Replays.Which.of(letter)))))
                .chain(found -> each(found, wanted));
    }

    private static Search search(Wanted wanted, Predicate<Letter> isNew) {
        Search.From from = wanted.one().<Search.From>map(Search.From.One::new).orElseGet(Search.From.Oldest::new);
        // That one was replayed before is an answer; of many those that were are passed over.
        Predicate<Letter> which = wanted.one().isPresent()
                ? letter -> true
                : isNew.and(letter -> !letter.isCut()).and(Search.withReason(wanted.reason()));
        return new Search(List.of(wanted.topic()), which, wanted.atMost(), from);
    }

    private Uni<Replayed> each(Found found, Wanted wanted) {
        return Multi.createFrom()
                .iterable(found.letters())
                .onItem()
                .transformToUniAndConcatenate(letter -> one(letter, wanted))
                .collect()
                .asList()
                .map(outcomes -> new Replayed(outcomes, found.complete()));
    }

    private Uni<Outcome> one(Letter letter, Wanted wanted) {
        if (letter.isCut()) {
            return Uni.createFrom().item(Outcome.CUT);
        }
        if (wanted.dryRun()) {
            return Uni.createFrom().item(Outcome.FOUND);
        }
        Replays.Which which = Replays.Which.of(letter);
        return replays.claim(which, wanted.by(), wanted.again())
                .chain(ours -> ours ? send(letter, which) : Uni.createFrom().item(Outcome.KNOWN));
    }

    private Uni<Outcome> send(Letter letter, Replays.Which which) {
        return topics.back(letter.place().topic(), letter.key(), letter.value(), headers(letter))
                .onFailure()
                .call(() -> replays.notSent(which))
                .onFailure(DeadLetters.UnavailableException.class)
                .transform(failure -> KafkaDeadLetters.unavailable("the broker does not take them"))
                .chain(taken -> taken
                        ? replays.sent(which).replaceWith(Outcome.REPLAYED)
                        : replays.notSent(which).replaceWith(Outcome.REFUSED));
    }

    /** What fails a second time is a letter again, and has this among the headers that it came with. */
    static List<DeadLetter.Header> headers(Letter letter) {
        List<DeadLetter.Header> headers = new ArrayList<>();
        letter.came().stream()
                .filter(header -> !header.name().equals(DeadLetter.REPLAY_OF))
                .forEach(headers::add);
        String place = Topics.deadLetters(letter.place().topic()) + "/"
                + letter.place().partition() + "/" + letter.place().offset();
        headers.add(new DeadLetter.Header(DeadLetter.REPLAY_OF, place.getBytes(StandardCharsets.UTF_8)));
        return List.copyOf(headers);
    }
}
