package dev.earshot.gateway.info;

import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.recording.PageQuery.Filter;
import dev.earshot.gateway.recording.PageQuery.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A position as text that only we read: a version, microseconds since the epoch, the recording's SID, and a digest of the
 * filter it belongs to. It is no secret and no right: whoever makes one up gets a page of the own tenant all the same.
 */
final class Cursor {
    private static final byte VERSION = 1;
    private static final int SID_BYTES = 34;
    private static final int DIGEST_BYTES = 8;
    private static final int LENGTH = 1 + Long.BYTES + SID_BYTES + DIGEST_BYTES;

    private Cursor() {}

    /** What a text that claims to be one is. */
    sealed interface Read {
        /** One of ours. */
        record Of(Position position) implements Read {}

        /** One of ours, of a request with other filters. */
        record OfOtherFilter() implements Read {}

        /** None of ours. */
        record Malformed() implements Read {}
    }

    static String write(Filter filter, Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(LENGTH)
                        .put(VERSION)
                        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.beganAt()))
                        .put(position.recordingSid().value().getBytes(StandardCharsets.US_ASCII))
                        .put(digest(filter))
                        .array());
    }

    static Read read(Filter filter, String text) {
        return bytes(text)
                .flatMap(Cursor::position)
                .<Read>map(position ->
                        write(filter, position).equals(text) ? new Read.Of(position) : new Read.OfOtherFilter())
                .orElseGet(Read.Malformed::new);
    }

    private static Optional<byte[]> bytes(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == LENGTH && bytes[0] == VERSION ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Position> position(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        Instant beganAt = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
        byte[] sid = new byte[SID_BYTES];
        buffer.get(sid);
        String text = new String(sid, StandardCharsets.US_ASCII);
        return RecordingSid.isValid(text) && PageParameters.isPossible(beganAt)
                ? Optional.of(new Position(beganAt, new RecordingSid(text)))
                : Optional.empty();
    }

    private static byte[] digest(Filter filter) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(PageParameters.query(filter).getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
