package dev.earshot.gateway.registration;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.recording.Facts;
import java.time.Duration;
import java.time.Instant;

/**
 * The body of a registration.
 *
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param facts what else is told
 */
record RegistrationBody(AccountSid accountSid, CallSid callSid, Facts facts) {
    /** Before Twilio there was nothing to record. */
    private static final Instant EARLIEST = Instant.parse("2008-01-01T00:00:00Z");
    /** How far a teller's clock may be ahead of ours. */
    private static final Duration FAST_CLOCKS = Duration.ofDays(1);
    /** Twilio ends a recording after 24 hours; a week leaves room for other sources. */
    private static final int LONGEST_SECONDS = 7 * 24 * 3600;

    /**
     * @param now to refuse times that cannot be
     * @throws Problem 400 {@code invalid-request}, naming the field
     */
    static RegistrationBody parse(String json, Instant now) {
        JsonBody body = JsonBody.read(json, "accountSid", "callSid", "startedAt", "durationSeconds", "channels");
        return new RegistrationBody(
                new AccountSid(body.text("accountSid", "AC and 32 hexadecimal digits", AccountSid::isValid)),
                new CallSid(body.text("callSid", "CA and 32 hexadecimal digits", CallSid::isValid)),
                new Facts(
                        body.instant("startedAt", EARLIEST, now.plus(FAST_CLOCKS)),
                        body.integer("durationSeconds", 0, LONGEST_SECONDS),
                        body.integer("channels", 1, 2)));
    }
}
