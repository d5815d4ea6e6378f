package dev.earshot.gateway.deadletter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which letters are wanted.
 *
 * @param topics whose; the topics that the records came on
 * @param wanted whether one is
 * @param atMost how many
 * @param from where to begin
 */
record Search(List<String> topics, Predicate<Letter> wanted, int atMost, From from) {
    /** Where to begin. */
    sealed interface From {
        /** The newest, newest first. */
        record Newest() implements From {}

        /** The oldest, oldest first. */
        record Oldest() implements From {}

        /** That one alone. */
        record One(Letter.Place place) implements From {}
    }

    /** What was found of them. */
    record Found(List<Letter> letters, long total, boolean complete) {}

    /** Whether its reason has this in it, whatever the case. */
    static Predicate<Letter> withReason(Optional<String> text) {
        return text.map(part -> part.toLowerCase(Locale.ROOT))
                .<Predicate<Letter>>map(part ->
                        letter -> letter.reason().toLowerCase(Locale.ROOT).contains(part))
                .orElse(letter -> true);
    }
}
