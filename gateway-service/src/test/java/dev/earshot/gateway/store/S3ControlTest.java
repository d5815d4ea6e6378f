package dev.earshot.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ControlTest {
    private static final RecordingKey KEY =
            new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "0".repeat(31) + "1"));

    /** What is not surely of an old generation goes only with the whole recording. */
    @ParameterizedTest(name = "{0} is of generation {1}")
    @CsvSource({
        "1/audio, 1",
        "12/audio, 12",
        "12/peaks, 12",
        "12/deep/er, 12",
        "2147483646/audio, 2147483646",
        "99999999999/audio, 2147483647",
        "-1/audio, 2147483647",
        "0/audio, 2147483647",
        "+1/audio, 2147483647",
        "01/audio, 2147483647",
        "x/audio, 2147483647",
        "/audio, 2147483647",
        "1, 2147483647",
    })
    void theGenerationIsReadFromTheKey(String rest, int generation) {
        assertThat(S3Control.generation(KEY.objectPrefix() + rest, KEY)).isEqualTo(generation);
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "2147483646"})
    void ourOwnKeysAreRead(int generation) {
        assertThat(S3Control.generation(KEY.objectKey(generation), KEY)).isEqualTo(generation);
    }
}
