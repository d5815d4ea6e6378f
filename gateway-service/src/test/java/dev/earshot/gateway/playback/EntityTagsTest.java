package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class EntityTagsTest {
    @Test
    void tagsAreReadAsWritten() {
        assertThat(EntityTags.parse("\"a,b\",W/\"c\" ,\t\"\", \"\u00e4\"").tags())
                .isEqualTo(List.of("\"a,b\"", "W/\"c\"", "\"\"", "\"\u00e4\""));
    }

    @Test
    void aMalformedListMatchesNothing() {
        for (String header : List.of("a", "\"a\" \"b\"", "\"a", "W/a", "\"a\"b", "\"a\u0001\"", "W/ \"a\"", "\"a\";")) {
            assertThat(EntityTags.parse(header)).as(header).isEqualTo(new EntityTags(false, List.of()));
        }
    }

    /** A pattern that may go back would need longer than the universe lasts, on an event loop. */
    @Test
    void noHeaderTakesLong() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            EntityTags.parse("\"a\"" + ",".repeat(20_000) + "x");
            EntityTags.parse("\"a\"" + " , ".repeat(7_000) + "x");
            assertThat(EntityTags.parse("\"a\",".repeat(5_000)).tags()).hasSize(5_000);
        });
    }
}
