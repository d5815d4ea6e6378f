package dev.earshot.gateway.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.ticket.Tickets.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsTest {
    private static final String SID = "RE" + "a".repeat(32);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Ticket TICKET =
            new Ticket(new RecordingKey(new Tenant("acme"), new RecordingSid(SID)), "agent-7", NOW.plusSeconds(300));
    private static final Verdict VALID = new Verdict.Valid(TICKET);
    private static final Verdict INVALID = new Verdict.Invalid();

    private final Tickets tickets = with("april:" + TicketKeysTest.OLD);

    @Test
    void aTicketTellsWhoMayHearWhatUntilWhen() {
        assertThat(tickets.verify(tickets.sign(TICKET), SID, NOW)).isEqualTo(VALID);
    }

    @Test
    void itsTextNeedsNoEscapingInAQuery() {
        assertThat(tickets.sign(TICKET)).matches("[A-Za-z0-9._-]+").hasSizeLessThan(500);
    }

    @Test
    void itEndsWithItsLastSecond() {
        String text = tickets.sign(TICKET);

        assertThat(tickets.verify(text, SID, NOW.plusMillis(299_999))).isEqualTo(VALID);
        assertThat(tickets.verify(text, SID, NOW.plusSeconds(300))).isEqualTo(new Verdict.Expired());
    }

    @Test
    void itOpensNoOtherRecordingAndDoesNotTellThatItExpired() {
        String text = tickets.sign(TICKET);

        assertThat(tickets.verify(text, "RE" + "b".repeat(32), NOW)).isEqualTo(INVALID);
        assertThat(tickets.verify(text, "CA" + "a".repeat(32), NOW)).isEqualTo(INVALID);
        assertThat(tickets.verify(text, "RE" + "b".repeat(32), NOW.plusSeconds(900)))
                .isEqualTo(INVALID);
    }

    @Test
    void anotherAudiencesTicketIsNone() {
        Tickets staging = new Tickets("staging", () -> TicketKeys.parse("", List.of("april:" + TicketKeysTest.OLD)));

        assertThat(tickets.verify(staging.sign(TICKET), SID, NOW)).isEqualTo(INVALID);
    }

    @Test
    void keysRotate() {
        Tickets both = with("may:" + TicketKeysTest.NEW, "april:" + TicketKeysTest.OLD);
        Tickets newAlone = with("may:" + TicketKeysTest.NEW);
        String old = tickets.sign(TICKET);

        assertThat(both.verify(old, SID, NOW)).isEqualTo(VALID);
        assertThat(newAlone.verify(old, SID, NOW)).isEqualTo(INVALID);
        assertThat(newAlone.verify(both.sign(TICKET), SID, NOW)).isEqualTo(VALID);
    }

    @Test
    void anotherSecretUnderTheSameIdVerifiesNothing() {
        assertThat(with("april:" + TicketKeysTest.NEW).verify(tickets.sign(TICKET), SID, NOW))
                .isEqualTo(INVALID);
    }

    @Test
    void eachChangedCharacterIsAForgery() {
        String text = tickets.sign(TICKET);
        for (int i = 0; i < text.length() - 1; i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String forged = text.substring(0, i) + other + text.substring(i + 1);

            assertThat(tickets.verify(forged, SID, NOW)).as(forged).isEqualTo(INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "...", "a.b.c", "a.b.c.d.e", "e30.e30.", "ü", "%"})
    void whatIsNoJwtIsNoTicket(String text) {
        assertThat(tickets.verify(text, SID, NOW)).isEqualTo(INVALID);
    }

    @Test
    void whatIsTooLongIsNotEvenRead() {
        assertThat(tickets.verify("a".repeat(100_000), SID, NOW)).isEqualTo(INVALID);
    }

    @Test
    void unsignedIsInvalidWhateverItsHeaderSays() {
        String payload = tickets.sign(TICKET).split("\\.")[1];
        for (String header : List.of(
                "{\"alg\":\"none\",\"typ\":\"earshot-ticket+jwt\",\"kid\":\"april\"}",
                "{\"alg\":\"HS256\",\"typ\":7,\"kid\":\"april\"}",
                "{\"alg\":\"HS256\",\"typ\":\"earshot-ticket+jwt\",\"kid\":7}",
                "{\"alg\":\"HS256\",\"typ\":\"earshot-ticket+jwt\"}",
                "[]",
                "{}")) {
            String text = base64(header) + "." + payload + ".";

            assertThat(tickets.verify(text, SID, NOW)).as(header).isEqualTo(INVALID);
        }
    }

    @Test
    void aTokenOfAnotherTypeIsNoTicketThoughOurKeySignedIt() throws JoseException {
        assertThat(tickets.verify(signed("JWT", text -> text), SID, NOW)).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "recording", "exp", "sub", "aud"})
    void aClaimThatIsMissingOrOfAnotherTypeMakesItInvalid(String claim) throws JoseException {
        String missing = signed("earshot-ticket+jwt", text -> text.replace("\"" + claim + "\"", "\"x\""));
        String odd = signed(
                "earshot-ticket+jwt", text -> text.replaceFirst("\"" + claim + "\":[^,}]+", "\"" + claim + "\":{}"));

        assertThat(tickets.verify(signed("earshot-ticket+jwt", text -> text), SID, NOW))
                .isEqualTo(VALID);
        assertThat(tickets.verify(missing, SID, NOW)).isEqualTo(INVALID);
        assertThat(tickets.verify(odd, SID, NOW)).isEqualTo(INVALID);
    }

    private static Tickets with(String... keys) {
        TicketKeys parsed = TicketKeys.parse("source", List.of(keys));
        return new Tickets("earshot-playback", () -> parsed);
    }

    /** As we sign, with another type or payload. */
    private static String signed(String type, UnaryOperator<String> change) throws JoseException {
        String payload =
                "{\"aud\":\"earshot-playback\",\"sub\":\"agent-7\",\"exp\":%d,\"tenant\":\"acme\",\"recording\":\"%s\"}"
                        .formatted(TICKET.expiresAt().getEpochSecond(), SID);
        JsonWebSignature jws = new JsonWebSignature();
        jws.setHeader("typ", type);
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        jws.setKeyIdHeaderValue("april");
        jws.setKey(new HmacKey(Base64.getDecoder().decode(TicketKeysTest.OLD)));
        jws.setPayload(change.apply(payload));
        return jws.getCompactSerialization();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
