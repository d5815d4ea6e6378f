package dev.earshot.local.simulator.audio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * MPEG layer III frames of one constant size and without bit reservoir, so that each stands alone: any number of them, in a loop, is a
 * valid file. Header fields by ISO/IEC 13818-3, section 2.4.1 (low sampling frequencies).
 */
final class Mp3Frames {
    private static final int[] LOW_RATES_KBIT = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] LOW_SAMPLE_RATES = {22_050, 24_000, 16_000};
    private static final int SAMPLES_PER_FRAME = 576;
    private static final int ID3_HEADER_BYTES = 10;

    private final byte[] frames;
    private final int frameBytes;
    private final int sampleRate;

    private Mp3Frames(byte[] frames, int frameBytes, int sampleRate) {
        this.frames = frames;
        this.frameBytes = frameBytes;
        this.sampleRate = sampleRate;
    }

    static Mp3Frames of(byte[] frames) {
        int frameBytes = frameBytes(frames, 0);
        for (int at = 0; at < frames.length; at += frameBytes) {
            if (frameBytes(frames, at) != frameBytes || at + frameBytes > frames.length) {
                throw new IllegalArgumentException("Not a whole number of equal mp3 frames, at byte " + at);
            }
        }
        return new Mp3Frames(frames, frameBytes, sampleRate(frames, 0));
    }

    CallAudio audio(long millis, String recordingSid) {
        long count = Math.ceilDiv(millis * sampleRate, 1000L * SAMPLES_PER_FRAME);
        return new CallAudio(id3Tag(recordingSid), frames, count * frameBytes, AudioFormat.MP3.contentType());
    }

    /** Size of the MPEG-2 layer III frame at a position. */
    static int frameBytes(byte[] data, int at) {
        if ((data[at] & 0xFF) != 0xFF || (data[at + 1] & 0xFE) != 0xF2) {
            throw new IllegalArgumentException("No MPEG-2 layer III frame at byte " + at);
        }
        int kbit = LOW_RATES_KBIT[(data[at + 2] & 0xF0) >> 4];
        int padding = (data[at + 2] & 0x02) >> 1;
        return SAMPLES_PER_FRAME / 8 * kbit * 1000 / sampleRate(data, at) + padding;
    }

    private static int sampleRate(byte[] data, int at) {
        return LOW_SAMPLE_RATES[(data[at + 2] & 0x0C) >> 2];
    }

    /** ID3v2.3 with one user-defined text frame; the tag's size is "synchsafe": seven bits per byte. */
    private static byte[] id3Tag(String recordingSid) {
        byte[] text = ("\0recordingSid\0" + recordingSid).getBytes(StandardCharsets.ISO_8859_1);
        int frameBytes = ID3_HEADER_BYTES + text.length;
        ByteBuffer tag = ByteBuffer.allocate(ID3_HEADER_BYTES + frameBytes);
        tag.put("ID3".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 3)
                .put((byte) 0)
                .put((byte) 0);
        for (int shift = 21; shift >= 0; shift -= 7) {
            tag.put((byte) (frameBytes >> shift & 0x7F));
        }
        tag.put("TXXX".getBytes(StandardCharsets.US_ASCII)).putInt(text.length).putShort((short) 0);
        return tag.put(text).array();
    }
}
