package dev.earshot.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.DeadLetter.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final DeadLetter.Place PLACE = new DeadLetter.Place(Topics.FETCH_OUTCOMES, 3, 7);

    @Test
    void a_letter_is_the_record_as_it_came_with_where_from_and_why() {
        byte[] value = {1, 2};

        DeadLetter letter =
                DeadLetter.of("key", value, List.of(new Header("mine", new byte[] {3})), PLACE, "unreadable");

        assertThat(letter.key()).isEqualTo("key");
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers())
                .first()
                .satisfies(header -> assertThat(header.value()).containsExactly(3));
        assertThat(text(letter, DeadLetter.REASON)).isEqualTo("unreadable");
        assertThat(text(letter, DeadLetter.TOPIC)).isEqualTo(Topics.FETCH_OUTCOMES);
        assertThat(text(letter, DeadLetter.PARTITION)).isEqualTo("3");
        assertThat(text(letter, DeadLetter.OFFSET)).isEqualTo("7");
        assertThat(text(letter, DeadLetter.CUT)).isNull();
    }

    @Test
    void a_record_that_says_why_itself_is_not_believed() {
        DeadLetter letter = DeadLetter.of(
                "key", null, List.of(new Header(DeadLetter.REASON, new byte[] {'x'})), PLACE, "unreadable");

        assertThat(text(letter, DeadLetter.REASON)).isEqualTo("unreadable");
    }

    @Test
    void a_letter_that_is_cut_is_small_whatever_the_record_was() {
        List<Header> headers = new ArrayList<>(Collections.nCopies(100_000, new Header("many", new byte[10])));
        headers.add(new Header("long", new byte[1 << 20]));

        DeadLetter letter = DeadLetter.of("k".repeat(1 << 20), new byte[1 << 20], headers, PLACE, "unreadable")
                .cut();

        assertThat(size(letter)).isLessThan(100_000);
        assertThat(text(letter, DeadLetter.REASON)).isEqualTo("unreadable");
        assertThat(text(letter, DeadLetter.CUT)).isEqualTo("1048576");
    }

    @Test
    void what_a_record_came_with_is_known_from_its_letter() {
        List<Header> came = List.of(header("one"), header(DeadLetter.OFFSET), header("two"), header("one"));
        DeadLetter letter = DeadLetter.of("key", new byte[1], came, PLACE, "unreadable");

        assertThat(DeadLetter.came(letter.headers())).isEqualTo(came);
        assertThat(DeadLetter.came(letter.cut().headers())).isEqualTo(came);
        assertThat(DeadLetter.came(came)).isEqualTo(came);
        assertThat(DeadLetter.came(List.of())).isEmpty();
    }

    private static Header header(String name) {
        return new Header(name, new byte[] {1});
    }

    @Test
    void a_record_without_key_and_value_stays_without() {
        DeadLetter letter =
                DeadLetter.of(null, null, List.of(), PLACE, "nothing there").cut();

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    private static @Nullable String text(DeadLetter letter, String name) {
        return letter.headers().stream()
                .filter(header -> header.name().equals(name))
                .reduce((first, second) -> second)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .orElse(null);
    }

    private static int size(DeadLetter letter) {
        int size = Objects.requireNonNull(letter.key()).length() + Objects.requireNonNull(letter.value()).length;
        for (Header header : letter.headers()) {
            size += header.name().length() + Objects.requireNonNull(header.value()).length;
        }
        return size;
    }
}
