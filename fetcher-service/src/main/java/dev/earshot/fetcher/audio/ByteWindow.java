package dev.earshot.fetcher.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** Random access to a file through one fixed buffer, cheap for reads that move forward. */
final class ByteWindow {
    private static final int WINDOW_BYTES = 64 * 1024;

    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private long start;

    ByteWindow(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        window.limit(0);
    }

    long size() {
        return size;
    }

    /** Whether {@code length} bytes lie from the position on. */
    boolean has(long position, int length) {
        return position >= 0 && position + length <= size;
    }

    /** The byte as 0 to 255. The caller has asked {@link #has}. */
    int unsigned(long position) throws IOException {
        if (position < start || position >= start + window.limit()) {
            fill(position);
        }
        return window.get((int) (position - start)) & 0xFF;
    }

    boolean hasText(long position, String ascii) throws IOException {
        byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
        if (!has(position, expected.length)) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (unsigned(position + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    int littleEndian16(long position) throws IOException {
        return unsigned(position) | unsigned(position + 1) << 8;
    }

    long littleEndian32(long position) throws IOException {
        return littleEndian16(position) | (long) littleEndian16(position + 2) << 16;
    }

    long bigEndian32(long position) throws IOException {
        return (long) unsigned(position) << 24
                | unsigned(position + 1) << 16
                | unsigned(position + 2) << 8
                | unsigned(position + 3);
    }

    private void fill(long position) throws IOException {
        window.clear();
        channel.position(position);
        while (window.hasRemaining()) {
            if (channel.read(window) < 0) {
                break;
            }
        }
        window.flip();
        start = position;
        if (window.limit() == 0) {
            throw new IOException("the file ended at " + position + " while it was read");
        }
    }
}
