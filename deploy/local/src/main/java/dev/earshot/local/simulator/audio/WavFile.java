package dev.earshot.local.simulator.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** RIFF/WAVE, 8 kHz, 16 bit PCM: what Twilio serves as {@code audio/x-wav}. */
final class WavFile {
    static final int SAMPLE_RATE = 8_000;

    private static final int BYTES_PER_SAMPLE = 2;
    private static final long MAX_FIELD = 0xFFFF_FFFFL;

    private WavFile() {}

    static CallAudio audio(byte[] pcm, int channels, long millis, String recordingSid) {
        long bodyBytes = millis * SAMPLE_RATE / 1000 * channels * BYTES_PER_SAMPLE;
        return new CallAudio(header(channels, bodyBytes, recordingSid), pcm, bodyBytes, AudioFormat.WAV.contentType());
    }

    /** The SID stands in a LIST INFO comment. Lengths beyond 4 GiB are written as the largest value, as players expect. */
    private static byte[] header(int channels, long bodyBytes, String recordingSid) {
        byte[] comment = padded(recordingSid);
        int listBytes = 4 + 8 + comment.length;
        int headerBytes = 12 + 8 + 16 + 8 + listBytes + 8;
        int frameBytes = channels * BYTES_PER_SAMPLE;
        ByteBuffer header = ByteBuffer.allocate(headerBytes).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(field(headerBytes - 8 + bodyBytes)).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) channels);
        header.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * frameBytes);
        header.putShort((short) frameBytes).putShort((short) (BYTES_PER_SAMPLE * 8));
        header.put(ascii("LIST")).putInt(listBytes).put(ascii("INFO"));
        header.put(ascii("ICMT")).putInt(comment.length).put(comment);
        header.put(ascii("data")).putInt(field(bodyBytes));
        return header.array();
    }

    /** A chunk's text ends with a zero byte and has an even length. */
    private static byte[] padded(String text) {
        byte[] bytes = ascii(text);
        return java.util.Arrays.copyOf(bytes, bytes.length + 2 - bytes.length % 2);
    }

    private static int field(long value) {
        return (int) Math.min(value, MAX_FIELD);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
