package dev.earshot.fetcher.peaks;

import dev.earshot.events.Sha256;
import dev.earshot.fetcher.store.AudioToStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Sound made sample by sample, so that its peaks are known without a decoder. */
final class Sounds {
    static final int PCM = 1;
    static final int ALAW = 6;
    static final int MULAW = 7;
    static final int RATE = 8000;

    private Sounds() {}

    /** Interleaved samples of 16 bits. */
    static byte[] samples(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    /** The same frame again and again. */
    static byte[] steady(int frames, int... frame) {
        return repeat(samples(frame), frames);
    }

    static byte[] repeat(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] wav(int format, int bits, int channels, byte[] data) {
        return wav(format, bits, channels, data, data.length, new byte[0]);
    }

    /** @param after what follows the sound in the file */
    static byte[] wav(int format, int bits, int channels, byte[] data, long declaredBytes, byte[] after) {
        int frameBytes = channels * bits / 8;
        ByteBuffer wav = ByteBuffer.allocate(44 + data.length + after.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + data.length + after.length).put(ascii("WAVE"));
        wav.put(ascii("fmt ")).putInt(16).putShort((short) format).putShort((short) channels);
        wav.putInt(RATE).putInt(RATE * frameBytes).putShort((short) frameBytes).putShort((short) bits);
        wav.put(ascii("data")).putInt((int) declaredBytes).put(data).put(after);
        return wav.array();
    }

    static AudioToStore audio(Path file, byte[] bytes, String contentType, long durationMillis, int channels)
            throws IOException {
        Files.write(file, bytes);
        return new AudioToStore(
                file,
                bytes.length,
                new Sha256("0".repeat(64)),
                contentType,
                durationMillis,
                channels,
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
