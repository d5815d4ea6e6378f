package dev.earshot.gateway.ticket;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jose4j.keys.HmacKey;

/** The keys that sign and verify tickets. Pure; no message and no text of it holds a secret. */
final class TicketKeys {
    /** RFC 7518 section 3.2: a key of HS256 has at least the size of its hash. */
    private static final int LEAST_BYTES = 32;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private final SequencedMap<String, HmacKey> keys;

    private TicketKeys(SequencedMap<String, HmacKey> keys) {
        this.keys = keys;
    }

    /**
     * @param source the configuration key or file that a message names
     * @param entries {@code id:secret} each; empty ones and those that begin with {@code #} are passed over
     * @throws IllegalStateException naming the source and the key's position
     */
    static TicketKeys parse(String source, List<String> entries) {
        SequencedMap<String, HmacKey> keys = new LinkedHashMap<>();
        int position = 0;
        for (String entry : entries) {
            position++;
            String text = entry.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                add(keys, text, source + ": key " + position + " ");
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException(source + ": there is no key; give at least one as id:secret, the secret "
                    + LEAST_BYTES + " random bytes in Base64");
        }
        return new TicketKeys(keys);
    }

    private static void add(Map<String, HmacKey> keys, String text, String which) {
        int colon = text.indexOf(':');
        String id = colon < 0 ? "" : text.substring(0, colon);
        if (!ID.matcher(id).matches()) {
            throw new IllegalStateException(which + "must be id:secret, the id of letters, digits, '.', '_' and '-'");
        }
        byte[] secret = secret(text.substring(colon + 1), which);
        if (secret.length < LEAST_BYTES) {
            throw new IllegalStateException(
                    which + "is too short: " + secret.length + " bytes, at least " + LEAST_BYTES + " are needed");
        }
        if (keys.putIfAbsent(id, new HmacKey(secret)) != null) {
            throw new IllegalStateException(which + "has the id of another one");
        }
    }

    private static byte[] secret(String base64, String which) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            // The decoder's message tells a character of the secret.
            throw new IllegalStateException(which + "has a secret that is not Base64");
        }
    }

    /** The id of the key that signs. */
    String signingId() {
        return keys.firstEntry().getKey();
    }

    /** The key that signs. */
    HmacKey signingKey() {
        return keys.firstEntry().getValue();
    }

    /** The key of this id. */
    Optional<HmacKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Whether they are the same keys in the same order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TicketKeys that
                && List.copyOf(keys.entrySet()).equals(List.copyOf(that.keys.entrySet()));
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    /** The ids alone. */
    @Override
    public String toString() {
        return "TicketKeys" + keys.keySet();
    }
}
