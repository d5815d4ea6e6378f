package dev.earshot.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.gateway.playback.ByteRange;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3AnnouncedTest {
    private static final StoredObject OBJECT =
            new StoredObject("b", "k", 1000, new Sha256("0".repeat(64)), "e1", "audio/mpeg");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '\'',
            value = {
                "206|\"e1\"|10|bytes 0-9/1000|true",
                "206|e1|10|bytes 0-9/1000|true",
                "206|\"e1\"|-|bytes 0-9/1000|true",
                "200|\"e1\"|1000|-|false",
                "206|\"e2\"|10|bytes 0-9/1000|false",
                "206|W/\"e1\"|10|bytes 0-9/1000|false",
                "206|-|10|bytes 0-9/1000|false",
                "206|\"e1\"|11|bytes 0-9/1000|false",
                "206|\"e1\"|10|bytes 0-9/1001|false",
                "206|\"e1\"|10|bytes 0-90/1000|false",
                "206|\"e1\"|10|-|false"
            })
    void aPartIsWhatWasAsked(int status, String etag, String length, String range, boolean ours) {
        MultiMap headers = headers("ETag", etag, "Content-Length", length, "Content-Range", range);

        assertThat(S3Announced.of(OBJECT, new ByteRange(0, 9))
                        .contradictedBy(status, headers)
                        .isEmpty())
                .isEqualTo(ours);
    }

    @Test
    void theWholeIsAskedWithoutARange() {
        S3Announced whole = S3Announced.of(OBJECT, new ByteRange(0, 999));

        assertThat(whole.isPart()).isFalse();
        assertThat(whole.contradictedBy(200, headers("ETag", "\"e1\"", "Content-Length", "1000")))
                .isEmpty();
        assertThat(whole.contradictedBy(206, headers("ETag", "\"e1\"", "Content-Length", "1000")))
                .isPresent();
        assertThat(whole.contradictedBy(200, headers("ETag", "\"e1\"", "Content-Length", "999")))
                .isPresent();
        assertThat(whole.etag()).isEqualTo("\"e1\"");
    }

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                headers.addAll(Map.of(namesAndValues[i], namesAndValues[i + 1]));
            }
        }
        return headers;
    }
}
