package dev.earshot.local.simulator.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.Set;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAudioTest {
    private static final String SID = "RE00000000000000000000000000000001";
    private static final String OTHER_SID = "RE00000000000000000000000000000002";

    @Test
    void thereAreAtLeastFiveDifferentCalls() {
        Set<String> hashes = new HashSet<>();
        for (Sample sample : Sample.all()) {
            hashes.add(sample.audio(AudioFormat.MP3, 1, 10_000, SID).sha256());
        }

        assertThat(hashes).hasSizeGreaterThanOrEqualTo(5).hasSameSizeAs(Sample.all());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 20", "1, 1000", "2, 5000", "1, 61000", "2, 120000"})
    void anMp3OfAnyLengthIsATagAndWholeFrames(int channels, long millis) {
        byte[] file = bytes(Sample.all().getFirst().audio(AudioFormat.MP3, channels, millis, SID));

        int at = 10 + (file[9] & 0x7F) + ((file[8] & 0x7F) << 7);
        int frames = 0;
        while (at < file.length) {
            at += Mp3Frames.frameBytes(file, at);
            frames++;
        }
        assertThat(at).isEqualTo(file.length);
        assertThat(frames).isEqualTo((int) Math.ceilDiv(millis, 36));
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 1000", "1, 60000", "2, 61500"})
    void aWavIsReadByAnotherProgramWithItsExactLength(int channels, long millis) throws Exception {
        CallAudio audio = Sample.all().getFirst().audio(AudioFormat.WAV, channels, millis, SID);

        AudioFileFormat read = AudioSystem.getAudioFileFormat(new ByteArrayInputStream(bytes(audio)));

        assertThat(read.getFormat().getSampleRate()).isEqualTo(8000f);
        assertThat(read.getFormat().getSampleSizeInBits()).isEqualTo(16);
        assertThat(read.getFormat().getChannels()).isEqualTo(channels);
        assertThat(read.getFrameLength()).isEqualTo((int) (millis * 8));
        assertThat(read.getByteLength()).isEqualTo((int) audio.sizeBytes());
    }

    @Test
    void theSameRecordingHasTheSameBytesAndAnotherOneDoesNot() {
        for (AudioFormat format : AudioFormat.values()) {
            Sample sample = Sample.all().getFirst();
            String once = sample.audio(format, 1, 30_000, SID).sha256();

            assertThat(sample.audio(format, 1, 30_000, SID).sha256()).isEqualTo(once);
            assertThat(sample.audio(format, 1, 30_000, OTHER_SID).sha256()).isNotEqualTo(once);
        }
    }

    @Test
    void readingInPiecesOfAnySizeGivesTheSameBytes() {
        CallAudio audio = Sample.all().getFirst().audio(AudioFormat.WAV, 2, 20_000, SID);
        byte[] whole = bytes(audio);

        for (int piece : new int[] {1 << 20, 65_536, 4_099}) {
            int at = 0;
            while (at < whole.length) {
                byte[] read = audio.read(at, piece);
                assertThat(read).isEqualTo(java.util.Arrays.copyOfRange(whole, at, at + read.length));
                at += read.length;
            }
        }
        assertThat(audio.read(audio.sizeBytes(), 10)).isEmpty();
    }

    @Test
    void aRecordingOfManyGigabytesIsReadAtItsEndWithoutReadingTheRest() {
        CallAudio audio = Sample.all().getFirst().audio(AudioFormat.MP3, 1, 20_000_000_000L, SID);

        assertThat(audio.sizeBytes()).isGreaterThan(70_000_000_000L);
        assertThat(audio.read(audio.sizeBytes() - 144, 1000)).hasSize(144);
    }

    @Test
    void telephoneCodeIsDecodedByTheTableOfG711() {
        assertThat(MuLaw.decode((byte) 0xFF)).isZero();
        assertThat(MuLaw.decode((byte) 0x80)).isEqualTo(32_124);
        assertThat(MuLaw.decode((byte) 0x00)).isEqualTo(-32_124);
    }

    @Test
    void bytesThatAreNoFramesAreRefused() {
        assertThatThrownBy(() -> Mp3Frames.of(new byte[288])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(CallAudio audio) {
        return audio.read(0, (int) audio.sizeBytes());
    }
}
