package dev.earshot.fetcher.doctor;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.twilio.TwilioAccount;
import java.util.List;

/** What Twilio's refusal of an account's list tells about its file. Pure. */
final class TwilioJudgement {
    static final String BASE_URL = "earshot.twilio.base-url";

    private final Severity refused;

    /** @param oneOfMany one account that Twilio refuses must not keep the others from being served */
    TwilioJudgement(boolean oneOfMany) {
        this.refused = oneOfMany ? Severity.WARNING : Severity.ERROR;
    }

    Finding of(TwilioAccount account, Trouble trouble) {
        if (!(trouble instanceof Trouble.RefusedAnswer answer)) {
            return silent(account);
        }
        return switch (answer.status()) {
            case 401, 403 -> credentials(account, answer.status());
            case 429 ->
                Finding.warning(
                        TwilioChecks.NAME,
                        "Twilio limits " + account.sid() + " just now (429), so nobody knows",
                        "look again later");
            case 404 ->
                new Finding(
                        TwilioChecks.NAME,
                        refused,
                        "Twilio at " + account.baseUrl() + " knows no account " + account.sid()
                                + " of these credentials",
                        "give the credentials of this account or of its parent, in the region where it is",
                        List.of(OwnConfiguration.ACCOUNTS, BASE_URL));
            default -> answer.status() >= 500 ? silent(account) : strange(account, answer.status());
        };
    }

    Finding silent(TwilioAccount account) {
        return Finding.unreachable(
                TwilioChecks.NAME,
                "Twilio does not answer for " + account.sid() + " at " + account.baseUrl(),
                "look whether this is its address, and whether it may be reached from here",
                BASE_URL);
    }

    private Finding credentials(TwilioAccount account, int status) {
        return new Finding(
                TwilioChecks.NAME,
                refused,
                "Twilio refuses the credentials of " + account.sid() + " (status " + status + ")",
                "put the account's auth token, or an API key and its secret, into username and password of its file",
                List.of(OwnConfiguration.ACCOUNTS));
    }

    private Finding strange(TwilioAccount account, int status) {
        return new Finding(
                TwilioChecks.NAME,
                refused,
                "what answers for " + account.sid() + " at " + account.baseUrl() + " is not Twilio (status " + status
                        + ")",
                "name Twilio's API",
                List.of(BASE_URL));
    }
}
