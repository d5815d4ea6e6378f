package dev.earshot.fetcher.peaks;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The largest amplitude of each bucket of time, channel by channel. It is as large as its buckets, however many samples
 * come: those beyond the playing time count for the last bucket, and what never comes is silence.
 */
final class Waveform {
    private static final int VERSION = 1;
    /** Enough for ten hours at the coarsest; 48 kB of Base64 for each channel. */
    static final int MOST_BUCKETS = 36_000;

    private static final int[] BUCKETS_PER_SECOND = {20, 10, 5, 2, 1};
    private static final int SAMPLE_BYTES = 2;
    private static final int FRAMES_AT_ONCE = 16 * 1024;
    /** What the amplitude of a 16-bit sample is at most. */
    private static final int LOUDEST = 32_768;

    private final long durationMillis;
    private final int bucketsPerSecond;
    private final int sampleRate;
    private final int[][] loudest;
    private int bucket;
    private long frames;
    private long bucketEnd;

    /**
     * @param durationMillis the playing time; {@link #isPossible} has been asked
     * @param sampleRate of the samples that come, in Hz
     */
    Waveform(long durationMillis, int channels, int sampleRate) {
        this.durationMillis = durationMillis;
        this.bucketsPerSecond = bucketsPerSecond(durationMillis)
                .orElseThrow(() -> new IllegalArgumentException("a waveform of " + durationMillis + " ms"));
        this.sampleRate = sampleRate;
        this.loudest = new int[channels][(int) buckets(durationMillis, bucketsPerSecond)];
        this.bucketEnd = endOf(0);
    }

    /** Whether so long a recording has a waveform. */
    static boolean isPossible(long durationMillis) {
        return bucketsPerSecond(durationMillis).isPresent();
    }

    static OptionalInt bucketsPerSecond(long durationMillis) {
        for (int each : BUCKETS_PER_SECOND) {
            if (buckets(durationMillis, each) <= MOST_BUCKETS) {
                return OptionalInt.of(each);
            }
        }
        return OptionalInt.empty();
    }

    private static long buckets(long durationMillis, int bucketsPerSecond) {
        return Math.max(1, Math.ceilDiv(Math.multiplyExact(durationMillis, (long) bucketsPerSecond), 1000L));
    }

    /**
     * Reads interleaved signed 16-bit little-endian samples to their end, and blocks meanwhile.
     *
     * @param wanted asked between blocks
     * @return how many frames came
     * @throws CancellationException if nobody wants them any more
     */
    long read(InputStream samples, BooleanSupplier wanted) throws IOException {
        byte[] block = new byte[FRAMES_AT_ONCE * loudest.length * SAMPLE_BYTES];
        int length = block.length;
        while (length == block.length) {
            if (!wanted.getAsBoolean()) {
                throw new CancellationException("nobody wants these peaks any more");
            }
            length = samples.readNBytes(block, 0, block.length);
            add(block, length);
        }
        return frames;
    }

    private void add(byte[] block, int length) {
        int frameBytes = loudest.length * SAMPLE_BYTES;
        for (int at = 0; at + frameBytes <= length; at += frameBytes) {
            if (frames == bucketEnd) {
                bucket++;
                bucketEnd = endOf(bucket);
            }
            frames++;
            for (int channel = 0; channel < loudest.length; channel++) {
                int low = at + channel * SAMPLE_BYTES;
                int amplitude = Math.abs(block[low] & 0xFF | block[low + 1] << 8);
                if (amplitude > loudest[channel][bucket]) {
                    loudest[channel][bucket] = amplitude;
                }
            }
        }
    }

    /** The first frame of the next bucket; the last one has no end. */
    private long endOf(int index) {
        return index == loudest[0].length - 1
                ? Long.MAX_VALUE
                : Math.ceilDiv((index + 1L) * sampleRate, (long) bucketsPerSecond);
    }

    /** The document as it is stored and served; the same samples make the same text. */
    String toJson() {
        StringJoiner channels = new StringJoiner(",", "[", "]");
        for (int[] each : loudest) {
            channels.add("{\"peaks\":\"" + Base64.getEncoder().encodeToString(bytes(each)) + "\"}");
        }
        return "{\"version\":" + VERSION + ",\"durationMillis\":" + durationMillis + ",\"bucketsPerSecond\":"
                + bucketsPerSecond + ",\"channels\":" + channels + "}";
    }

    private static byte[] bytes(int[] amplitudes) {
        byte[] bytes = new byte[amplitudes.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(amplitudes[i] * 255f / LOUDEST);
        }
        return bytes;
    }
}
