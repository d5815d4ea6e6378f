package dev.earshot.fetcher.audio;

import static dev.earshot.fetcher.audio.Samples.BITRATE_32K;
import static dev.earshot.fetcher.audio.Samples.BITRATE_64K;
import static dev.earshot.fetcher.audio.Samples.id3;
import static dev.earshot.fetcher.audio.Samples.join;
import static dev.earshot.fetcher.audio.Samples.mpegFrame;
import static dev.earshot.fetcher.audio.Samples.repeat;
import static dev.earshot.fetcher.audio.Samples.wav;
import static dev.earshot.fetcher.audio.Samples.xingFrame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioInspectorTest {
    private static final long FRAME_MICROS = 576_000_000L / 22_050;

    @Test
    void aWavTellsItsLengthAndChannels() throws Exception {
        AudioFacts facts = inspect(wav(2, 8000, 2 * 2 * 8000 * 3, 2 * 2 * 8000 * 3));

        assertThat(facts).isEqualTo(new AudioFacts("audio/x-wav", 3000, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFFFFFFL, 1_000_000})
    void aStreamedWavDeclaresRubbishAndIsMeasured(long declared) throws Exception {
        AudioFacts facts = inspect(wav(1, 8000, 16_000, declared));

        assertThat(facts.durationMillis()).isEqualTo(1000);
    }

    /** 32 bits cannot tell its length; the file is sparse. */
    @Test
    void aWavOfMoreThanFourGigabytesIsMeasured(@TempDir Path directory) throws Exception {
        long sound = 5_000_000_000L;
        byte[] header = wav(1, 8000, 0, 0xFFFFFFFFL);
        Path file = directory.resolve("large.wav");
        AudioFacts facts;
        try (SeekableByteChannel audio = Files.newByteChannel(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            audio.write(ByteBuffer.wrap(header));
            audio.position(header.length + sound - 1).write(ByteBuffer.wrap(new byte[1]));
            audio.position(0);

            facts = AudioInspector.inspect(audio);
        }

        assertThat(facts.durationMillis()).isEqualTo(sound * 1000 / 16_000);
    }

    @Test
    void aConstantBitRateIsWalkedFrameByFrame() throws Exception {
        AudioFacts facts = inspect(repeat(mpegFrame(BITRATE_32K, true), 100));

        assertThat(facts).isEqualTo(new AudioFacts("audio/mpeg", 100 * FRAME_MICROS / 1000, 1));
    }

    @Test
    void aVariableBitRateIsWalkedToo() throws Exception {
        byte[] both = join(mpegFrame(BITRATE_32K, false), mpegFrame(BITRATE_64K, false));

        AudioFacts facts = inspect(repeat(both, 50));

        assertThat(facts.durationMillis()).isEqualTo(100 * FRAME_MICROS / 1000);
        assertThat(facts.channels()).isEqualTo(2);
    }

    @Test
    void tagsAndAXingFrameAreNoSound() throws Exception {
        byte[] sound = repeat(mpegFrame(BITRATE_32K, true), 10);
        byte[] trailer = join("TAG".getBytes(StandardCharsets.US_ASCII), new byte[125]);

        AudioFacts facts = inspect(join(id3(5000), id3(3), xingFrame(), sound, trailer));

        assertThat(facts.durationMillis()).isEqualTo(10 * FRAME_MICROS / 1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Sign in</body></html>",
                "<?xml version='1.0'?><TwilioResponse/>",
                "{\"code\":20404}",
                "RIFFxxxxAVI LIST",
                "RIFF0000WAVE",
                "ID3",
                "ID3 and nothing that follows is a frame"
            })
    void whatIsNoAudioIsRefused(String text) {
        assertThatThrownBy(() -> inspect(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(NotAudioException.class);
    }

    @Property(tries = 50)
    void theLengthIsTheSumOfTheFrames(
            @ForAll @IntRange(min = 2, max = 400) int frames, @ForAll @IntRange(max = 20_000) int tagBytes)
            throws Exception {
        AudioFacts facts = inspect(join(id3(tagBytes), repeat(mpegFrame(BITRATE_64K, true), frames)));

        assertThat(facts.durationMillis()).isEqualTo(frames * 576L * 1000 / 22_050);
    }

    @Property(tries = 300)
    void noBytesMakeItFailInAnotherWay(@ForAll @Size(max = 300) byte[] bytes) throws Exception {
        byte[] wavLike = join("RIFF0000WAVEfmt ".getBytes(StandardCharsets.US_ASCII), bytes);
        byte[] mpegLike = join(mpegFrame(BITRATE_32K, true), bytes);
        try {
            assertThat(inspect(mpegLike).durationMillis()).isPositive();
            assertThat(inspect(wavLike).durationMillis()).isPositive();
        } catch (NotAudioException expected) {
            assertThat(expected).hasMessageMatching("(a WAV|no MPEG|neither).*");
        }
    }

    private static AudioFacts inspect(byte[] bytes) throws IOException, NotAudioException {
        Path file = Files.createTempFile("audio", ".bin");
        try {
            Files.write(file, bytes);
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                return AudioInspector.inspect(channel);
            }
        } finally {
            Files.delete(file);
        }
    }
}
