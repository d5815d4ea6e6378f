package dev.earshot.fetcher.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Audio made byte by byte, so that its length is known without a decoder. */
final class Samples {
    static final int BITRATE_32K = 4;
    static final int BITRATE_64K = 8;

    private Samples() {}

    /** MPEG 2 layer III at 22.05 kHz: 576 samples a frame. */
    static byte[] mpegFrame(int bitrateIndex, boolean mono) {
        int bits = new int[] {0, 8, 16, 24, 32, 40, 48, 56, 64}[bitrateIndex] * 1000;
        byte[] frame = new byte[72 * bits / 22_050];
        frame[0] = (byte) 0xFF;
        frame[1] = (byte) 0xF3;
        frame[2] = (byte) (bitrateIndex << 4);
        frame[3] = (byte) (mono ? 0xC0 : 0x00);
        return frame;
    }

    static byte[] xingFrame() {
        byte[] frame = mpegFrame(BITRATE_64K, true);
        System.arraycopy("Xing".getBytes(StandardCharsets.US_ASCII), 0, frame, 4 + 9, 4);
        return frame;
    }

    static byte[] id3(int bodyBytes) {
        byte[] tag = new byte[10 + bodyBytes];
        tag[0] = 'I';
        tag[1] = 'D';
        tag[2] = '3';
        tag[3] = 4;
        for (int i = 0; i < 4; i++) {
            tag[6 + i] = (byte) ((bodyBytes >> (7 * (3 - i))) & 0x7F);
        }
        return tag;
    }

    static byte[] wav(int channels, int sampleRate, int dataBytes, long declaredBytes) {
        ByteBuffer wav = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) channels).putInt(sampleRate);
        wav.putInt(sampleRate * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) declaredBytes);
        return wav.array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] repeat(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
