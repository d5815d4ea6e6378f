package dev.earshot.gateway.ticket;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Signs and verifies tickets: a JWT in compact form, HS256, with its own type and audience, so that no token of anybody
 * else is a ticket and no ticket is a token (RFC 8725 sections 3.9 and 3.11). A check takes some microseconds and may run on an event
 * loop.
 */
final class Tickets {
    /** What is longer is none of ours; it bounds the work that a forged one costs. */
    private static final int LONGEST_TEXT = 2048;

    private static final String TYPE = "earshot-ticket+jwt";
    private static final String TENANT = "tenant";
    private static final String RECORDING = "recording";
    private static final AlgorithmConstraints HS256_ONLY =
            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

    private final String audience;
    private final Supplier<TicketKeys> keys;

    /** @param keys those of now: they may be rotated while we run */
    Tickets(String audience, Supplier<TicketKeys> keys) {
        this.audience = audience;
        this.keys = keys;
    }

    /** What a text is. */
    sealed interface Verdict {
        /** A ticket for this recording. */
        record Valid(Ticket ticket) implements Verdict {}

        /** It was one, for this recording. */
        record Expired() implements Verdict {}

        /** Forged, malformed, for another recording or another audience: nobody is told which. */
        record Invalid() implements Verdict {}
    }

    /** The ticket as text of the URL-safe alphabet. */
    String sign(Ticket ticket) {
        TicketKeys now = keys.get();
        JwtClaims claims = new JwtClaims();
        claims.setAudience(audience);
        claims.setSubject(ticket.subject());
        claims.setExpirationTime(NumericDate.fromSeconds(ticket.expiresAt().getEpochSecond()));
        claims.setStringClaim(TENANT, ticket.recording().tenant().value());
        claims.setStringClaim(RECORDING, ticket.recording().recordingSid().value());
        JsonWebSignature signed = new JsonWebSignature();
        signed.setHeader("typ", TYPE);
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signed.setKeyIdHeaderValue(now.signingId());
        signed.setKey(now.signingKey());
        signed.setPayload(claims.toJson());
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a ticket cannot be signed", e);
        }
    }

    /** @param recording which one is to be opened, as its SID stands in the path */
    Verdict verify(String text, String recording, Instant now) {
        return text.length() > LONGEST_TEXT
                ? new Verdict.Invalid()
                : payload(text).map(claims -> judge(claims, recording, now)).orElseGet(Verdict.Invalid::new);
    }

    /** The payload, if one of our keys has signed it as a ticket. */
    private Optional<String> payload(String text) {
        JsonWebSignature signed = new JsonWebSignature();
        signed.setAlgorithmConstraints(HS256_ONLY);
        try {
            signed.setCompactSerialization(text);
            Optional<HmacKey> key =
                    Optional.ofNullable(signed.getKeyIdHeaderValue()).flatMap(keys.get()::find);
            if (key.isEmpty() || !TYPE.equals(signed.getHeader("typ"))) {
                return Optional.empty();
            }
            signed.setKey(key.get());
            return signed.verifySignature() ? Optional.of(signed.getPayload()) : Optional.empty();
        } catch (JoseException | ClassCastException e) {
            // Its header's members may be of any type.
            return Optional.empty();
        }
    }

    private Verdict judge(String payload, String recording, Instant now) {
        try {
            JwtClaims claims = JwtClaims.parse(payload);
            NumericDate expiry = claims.getExpirationTime();
            String tenant = claims.getStringClaimValue(TENANT);
            String subject = claims.getSubject();
            if (!claims.getAudience().contains(audience)
                    || !recording.equals(claims.getStringClaimValue(RECORDING))
                    || expiry == null
                    || tenant == null
                    || subject == null) {
                return new Verdict.Invalid();
            }
            Instant expiresAt = Instant.ofEpochSecond(expiry.getValue());
            if (!now.isBefore(expiresAt)) {
                return new Verdict.Expired();
            }
            RecordingKey key = new RecordingKey(new Tenant(tenant), new RecordingSid(recording));
            return new Verdict.Valid(new Ticket(key, subject, expiresAt));
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            return new Verdict.Invalid();
        }
    }
}
