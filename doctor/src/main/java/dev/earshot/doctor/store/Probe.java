package dev.earshot.doctor.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the fetcher writes and the gateway reads: two stores that look alike do not hold the same one.
 *
 * @param nonce who wrote it
 * @param writtenAt by the writer's clock
 */
public record Probe(String nonce, Instant writtenAt) {
    /** No tenant's name begins with an underscore, so it is no recording's; reconcile counts it as ours. */
    public static final String KEY = "_doctor/probe";

    private static final Pattern CONTENT = Pattern.compile("([A-Za-z0-9-]{1,64}) (\\S{1,40})\\n");

    public static Probe now(Optional<String> nonce) {
        return new Probe(nonce.orElseGet(() -> UUID.randomUUID().toString()), Instant.now());
    }

    public byte[] content() {
        return (nonce + " " + writtenAt + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if it is none. */
    static Optional<Probe> of(byte[] content) {
        Matcher written = CONTENT.matcher(new String(content, StandardCharsets.UTF_8));
        try {
            return written.matches()
                    ? Optional.of(new Probe(written.group(1), Instant.parse(written.group(2))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
