package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(@JsonValue String hex) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the text is not 64 lower-case hexadecimal digits */
    @JsonCreator
    public Sha256 {
        if (!SYNTAX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 (expected 64 lower-case hexadecimal digits)");
        }
    }

    /** @throws IllegalArgumentException if the digest is not 32 bytes long */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** The 32 bytes of the digest. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
