package dev.earshot.gateway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioKeyTest {
    private static final String SID = "RE" + "0a".repeat(16);

    @Test
    void whatWeWriteIsOurs() {
        RecordingKey key = new RecordingKey(new Tenant("a-b.c"), new RecordingSid(SID));

        assertThat(AudioKey.parse(key.objectKey(12))).contains(AudioKey.of(key, 12));
        assertThat(AudioKey.of(key, 12).text()).isEqualTo(key.objectKey(12));
    }

    @Test
    void theWaveformBesideTheAudioIsOursToo() {
        RecordingKey key = new RecordingKey(new Tenant("acme"), new RecordingSid(SID));
        AudioKey audio = AudioKey.of(key, 12);

        assertThat(AudioKey.parse(key.peaksKey(12))).contains(audio.peaks());
        assertThat(audio.peaks().text()).isEqualTo(key.peaksKey(12)).isGreaterThan(audio.text());
        assertThat(audio.peaks()).isNotEqualTo(audio);
        assertThat(audio.peaks().audio()).isEqualTo(audio);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_listing/AC0a/mark",
                "acme/RE0a/1/audio",
                "acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/0/audio",
                "acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/01/audio",
                "acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/1234567890/audio",
                "acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/1/audio.tmp",
                "acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/1/peaks.json",
                "backup/acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/1/audio",
                "-acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/1/audio",
                "acme/" + "RE0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a" + "/1/audio\n"
            })
    void anythingElseIsNot(String key) {
        assertThat(AudioKey.parse(key)).isEmpty();
    }
}
