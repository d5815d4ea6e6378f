package dev.earshot.local.simulator.audio;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A header and then a loop, cut at a length. Immutable; may be read by many at once. */
public final class CallAudio {
    private static final int HASH_PIECE_BYTES = 1 << 20;

    private final byte[] header;
    private final byte[] loop;
    private final long bodyBytes;
    private final String contentType;

    CallAudio(byte[] header, byte[] loop, long bodyBytes, String contentType) {
        this.header = header;
        this.loop = loop;
        this.bodyBytes = bodyBytes;
        this.contentType = contentType;
    }

    public long sizeBytes() {
        return header.length + bodyBytes;
    }

    public String contentType() {
        return contentType;
    }

    /** The bytes from a position on, at most {@code length}; empty at the end. */
    public byte[] read(long position, int length) {
        byte[] piece = new byte[Math.clamp(sizeBytes() - position, 0, length)];
        int filled = 0;
        while (filled < piece.length) {
            long at = position + filled;
            byte[] source = at < header.length ? header : loop;
            int offset = at < header.length ? (int) at : (int) ((at - header.length) % loop.length);
            int count = Math.min(source.length - offset, piece.length - filled);
            System.arraycopy(source, offset, piece, filled, count);
            filled += count;
        }
        return piece;
    }

    /** Reads everything once: for a recording of gigabytes this takes seconds, so not on an event loop. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long at = 0; at < sizeBytes(); at += HASH_PIECE_BYTES) {
                digest.update(read(at, HASH_PIECE_BYTES));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
