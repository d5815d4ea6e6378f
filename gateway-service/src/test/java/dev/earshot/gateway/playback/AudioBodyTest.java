package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9110 section 14.6. */
class AudioBodyTest {
    @Test
    void onePartIsTheAudioAlone() {
        AudioBody body = AudioBody.of(new ByteRange(3, 9));

        assertThat(body.length()).isEqualTo(7);
        assertThat(text(body)).isEqualTo("<3-9>");
    }

    @Test
    void severalAreFramedToTheByte() {
        AudioBody body =
                AudioBody.several(List.of(new ByteRange(20, 29), new ByteRange(0, 0)), "b0", "audio/mpeg", 1000);

        assertThat(text(body)).isEqualTo("""

                        --b0
                        Content-Type: audio/mpeg
                        Content-Range: bytes 20-29/1000

                        <20-29>
                        --b0
                        Content-Type: audio/mpeg
                        Content-Range: bytes 0-0/1000

                        <0-0>
                        --b0--
                        """.replace("\n", "\r\n"));
        assertThat(body.length()).isEqualTo(text(body).length() - "<20-29><0-0>".length() + 11);
    }

    @Test
    void nobodyCanGuessABoundary() {
        Set<String> boundaries = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String boundary = AudioBody.boundary();
            // RFC 2046 section 5.1.1: at most 70 characters; these need no quotes.
            assertThat(boundary).matches("[0-9a-f]{32}");
            boundaries.add(boundary);
        }
        assertThat(boundaries).hasSize(1000);
    }

    private static String text(AudioBody body) {
        StringBuilder text = new StringBuilder();
        body.parts()
                .forEach(part -> text.append(part.head())
                        .append('<')
                        .append(part.range().first())
                        .append('-')
                        .append(part.range().last())
                        .append('>'));
        return text.append(body.end()).toString();
    }
}
