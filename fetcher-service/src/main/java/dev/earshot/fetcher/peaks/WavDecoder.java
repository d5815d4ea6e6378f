package dev.earshot.fetcher.peaks;

import dev.earshot.fetcher.store.AudioToStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.function.BooleanSupplier;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** WAV by Java's own means: PCM of 8 and 16 bits, mu-law and A-law. */
final class WavDecoder implements Decoder {
    private static final int SAMPLE_BITS = 16;
    /** A header with its chunks must fit, for it is looked at more than once. */
    private static final int BUFFER_BYTES = 64 * 1024;

    @Override
    public Waveform decode(AudioToStore audio, BooleanSupplier wanted) throws IOException, UnsupportedAudioException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(audio.file()), BUFFER_BYTES);
                AudioInputStream declared = AudioSystem.getAudioInputStream(file);
                AudioInputStream sound = toItsEnd(declared, file)) {
            AudioFormat found = sound.getFormat();
            if (!isSupported(found) || found.getChannels() != audio.channels()) {
                throw new UnsupportedAudioException("a WAV of " + found);
            }
            int sampleRate = Math.round(found.getSampleRate());
            Waveform waveform = new Waveform(audio.durationMillis(), audio.channels(), sampleRate);
            try (AudioInputStream samples = AudioSystem.getAudioInputStream(samplesOf(found), sound)) {
                long ignored = waveform.read(samples, wanted);
            }
            return waveform;
        } catch (javax.sound.sampled.UnsupportedAudioFileException e) {
            throw new UnsupportedAudioException("a WAV that Java does not read: " + e.getMessage());
        }
    }

    /** A streamed WAV declares no length: then the sound goes on to the end of the file. */
    private static AudioInputStream toItsEnd(AudioInputStream declared, InputStream file) {
        return declared.getFrameLength() > 0
                ? declared
                : new AudioInputStream(file, declared.getFormat(), AudioSystem.NOT_SPECIFIED);
    }

    private static boolean isSupported(AudioFormat format) {
        boolean law = format.getEncoding().equals(Encoding.ULAW)
                || format.getEncoding().equals(Encoding.ALAW);
        boolean pcm = format.getEncoding().equals(Encoding.PCM_SIGNED)
                || format.getEncoding().equals(Encoding.PCM_UNSIGNED);
        int bits = format.getSampleSizeInBits();
        return format.getSampleRate() >= 1 && (law || pcm && (bits == 8 || bits == SAMPLE_BITS));
    }

    private static AudioFormat samplesOf(AudioFormat found) {
        int channels = found.getChannels();
        return new AudioFormat(
                Encoding.PCM_SIGNED,
                found.getSampleRate(),
                SAMPLE_BITS,
                channels,
                channels * SAMPLE_BITS / Byte.SIZE,
                found.getSampleRate(),
                false);
    }
}
