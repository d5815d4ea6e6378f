package dev.earshot.fetcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import dev.earshot.events.AccountSid;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.twilio.TwilioAccount;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioJudgementTest {
    private static final TwilioAccount ACCOUNT = new TwilioAccount(
            new AccountSid("AC" + "1".repeat(32)),
            "AC" + "1".repeat(32),
            "hunter2",
            URI.create("https://api.twilio.com"));

    @ParameterizedTest
    @CsvSource({
        "401, ERROR, earshot.accounts.directory",
        "403, ERROR, earshot.accounts.directory",
        "404, ERROR, earshot.accounts.directory",
        "418, ERROR, earshot.twilio.base-url",
        "503, UNREACHABLE, earshot.twilio.base-url"
    })
    void aRefusalNamesTheFolderOrTheUrl(int status, Severity severity, String key) {
        Finding finding = new TwilioJudgement(false).of(ACCOUNT, refused(status));

        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.keys()).first().isEqualTo(key);
        assertThat(finding.found()).contains(ACCOUNT.sid().value());
        assertThat(finding.toString()).doesNotContain("hunter2");
    }

    @Test
    void oneAccountOfManyThatIsRefusedKeepsNoPodFromStarting() {
        assertThat(new TwilioJudgement(true).of(ACCOUNT, refused(401)).severity())
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void silenceMayBeAnOutageAndALimitTellsNothing() {
        assertThat(new TwilioJudgement(false)
                        .of(ACCOUNT, new Trouble.ConnectionFailed("refused"))
                        .severity())
                .isEqualTo(Severity.UNREACHABLE);
        assertThat(new TwilioJudgement(false).of(ACCOUNT, refused(429)).severity())
                .isEqualTo(Severity.WARNING);
    }

    private static Trouble refused(int status) {
        return new Trouble.RefusedAnswer(status, OptionalInt.empty(), Optional.empty());
    }
}
