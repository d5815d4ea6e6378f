package dev.earshot.fetcher.peaks;

import static dev.earshot.fetcher.peaks.Sounds.ALAW;
import static dev.earshot.fetcher.peaks.Sounds.MULAW;
import static dev.earshot.fetcher.peaks.Sounds.PCM;
import static dev.earshot.fetcher.peaks.Sounds.join;
import static dev.earshot.fetcher.peaks.Sounds.repeat;
import static dev.earshot.fetcher.peaks.Sounds.steady;
import static dev.earshot.fetcher.peaks.Sounds.wav;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.fetcher.store.AudioToStore;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavDecoderTest {
    @TempDir
    Path directory;

    @Test
    void pcmOf16BitsKeepsItsChannelsApart() throws Exception {
        byte[] data = join(steady(400, 32_767, 0), steady(400, 0, -16_384));

        Drawn drawn = decode(wav(PCM, 16, 2, data), 100, 2);

        assertThat(drawn.channels()).isEqualTo(2);
        assertThat(drawn.peaks(0)).containsExactly(255, 0);
        assertThat(drawn.peaks(1)).containsExactly(0, 128);
    }

    @Test
    void pcmOf8BitsIsUnsigned() throws Exception {
        byte[] data = join(repeat(new byte[] {(byte) 128}, 400), repeat(new byte[] {0}, 400));

        assertThat(decode(wav(PCM, 8, 1, data), 100, 1).peaks(0)).containsExactly(0, 255);
    }

    /** 0xFF is silence and 0x00 the loudest (ITU-T G.711): 32124 of 32768. */
    @Test
    void muLawIsDecoded() throws Exception {
        byte[] data = join(repeat(new byte[] {(byte) 0xFF}, 400), repeat(new byte[] {0}, 400));

        assertThat(decode(wav(MULAW, 8, 1, data), 100, 1).peaks(0)).containsExactly(0, 250);
    }

    /** 0xD5 is the quietest and 0x2A the loudest: 32256 of 32768. */
    @Test
    void aLawIsDecoded() throws Exception {
        byte[] data = join(repeat(new byte[] {(byte) 0xD5}, 400), repeat(new byte[] {0x2A}, 400));

        assertThat(decode(wav(ALAW, 8, 1, data), 100, 1).peaks(0)).containsExactly(0, 251);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FFFFL})
    void aStreamedWavGoesOnToTheEndOfTheFile(long declared) throws Exception {
        byte[] data = join(steady(400, 0), steady(400, 32_767));

        assertThat(decode(wav(PCM, 16, 1, data, declared, new byte[0]), 100, 1).peaks(0))
                .containsExactly(0, 255);
    }

    @Test
    void whatFollowsTheSoundIsNotHeard() throws Exception {
        byte[] data = steady(800, 0);

        assertThat(decode(wav(PCM, 16, 1, data, data.length, steady(100, 32_767)), 100, 1)
                        .peaks(0))
                .containsExactly(0, 0);
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {24, 32})
    void otherWidthsAreUnsupported(int bits) {
        assertThatThrownBy(() -> decode(wav(PCM, bits, 1, new byte[2400]), 100, 1))
                .isInstanceOf(UnsupportedAudioException.class);
    }

    @Test
    void anotherCodecIsUnsupported() {
        int gsm = 0x31;

        assertThatThrownBy(() -> decode(wav(gsm, 8, 1, new byte[800]), 100, 1))
                .isInstanceOf(UnsupportedAudioException.class);
    }

    @Test
    void channelsOtherThanTheInspectedOnesAreUnsupported() {
        assertThatThrownBy(() -> decode(wav(PCM, 16, 2, steady(800, 0, 0)), 100, 1))
                .isInstanceOf(UnsupportedAudioException.class);
    }

    @Test
    void whatNobodyWantsIsNotDecoded() throws Exception {
        AudioToStore audio =
                Sounds.audio(directory.resolve("a"), wav(PCM, 16, 1, steady(800, 0)), "audio/x-wav", 100, 1);

        assertThatThrownBy(() -> new WavDecoder().decode(audio, () -> false)).isInstanceOf(CancellationException.class);
    }

    private Drawn decode(byte[] wav, long durationMillis, int channels) throws Exception {
        AudioToStore audio = Sounds.audio(directory.resolve("a"), wav, "audio/x-wav", durationMillis, channels);
        return Drawn.of(new WavDecoder().decode(audio, () -> true));
    }
}
