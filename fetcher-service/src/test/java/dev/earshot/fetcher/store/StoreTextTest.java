package dev.earshot.fetcher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Sha256;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTextTest {
    private static final ObjectMetadata METADATA =
            new ObjectMetadata(new Sha256("a".repeat(64)), 1500, 2, Instant.parse("2026-03-01T12:00:00.123Z"));

    @Test
    void metadataIsReadAsItWasWritten() {
        assertThat(ObjectMetadata.read(METADATA.toMap())).contains(METADATA);
    }

    @ParameterizedTest
    @CsvSource({"sha256,x", "duration-millis,-1", "duration-millis,long", "channels,3", "channels,", "fetched-at,today"
    })
    void oddMetadataIsSomebodyElses(String name, String value) {
        Map<String, String> odd = new HashMap<>(METADATA.toMap());
        odd.put(name, value == null ? "" : value);

        assertThat(ObjectMetadata.read(odd)).isEmpty();
    }

    @Test
    void missingMetadataIsSomebodyElses() {
        assertThat(ObjectMetadata.read(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'\"abc-2\"',abc-2", "abc,abc", "x,x"})
    void entityTagsLoseTheirQuotes(String etag, String bare) {
        assertThat(Etags.bare(etag)).isEqualTo(bare);
    }

    @Test
    void ourUploadsAreKnownByTheirKeys() {
        assertThat(StaleUploads.isOurs("acme/RE" + "0".repeat(32) + "/12/audio"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio", "acme/RE1/1/audio", "backup/2026/db.tar", "a/b/c/d/audio"})
    void othersUploadsAreLeftAlone(String key) {
        assertThat(StaleUploads.isOurs(key)).isFalse();
    }
}
