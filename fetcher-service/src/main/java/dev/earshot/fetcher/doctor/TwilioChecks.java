package dev.earshot.fetcher.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import dev.earshot.fetcher.twilio.SignInAtTwilio;
import dev.earshot.fetcher.twilio.TwilioAccount;
import dev.earshot.fetcher.twilio.TwilioConfig;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether Twilio takes the credentials of each account. One check each: they are asked side by side. */
final class TwilioChecks {
    static final String NAME = "twilio";
    /** While Twilio is away, hundreds of accounts would keep a pod from starting for minutes. */
    private static final int ASKED_BEFORE_A_START = 16;

    private TwilioChecks() {}

    static List<Check> of(Settings settings, Wanted wanted) {
        try {
            List<TwilioAccount> accounts = OwnConfiguration.accounts(settings).all().stream()
                    .sorted(Comparator.comparing(account -> account.sid().value()))
                    .limit(wanted.init() ? ASKED_BEFORE_A_START : Long.MAX_VALUE)
                    .toList();
            SignInAtTwilio signIn = new SignInAtTwilio(settings.of(TwilioConfig.class));
            TwilioJudgement judgement = new TwilioJudgement(wanted.init() && accounts.size() > 1);
            return accounts.stream()
                    .map(account -> check(account, signIn, judgement, wanted))
                    .toList();
        } catch (Misconfigured e) {
            // Told by the check of the configuration.
            return List.of();
        }
    }

    private static Check check(TwilioAccount account, SignInAtTwilio signIn, TwilioJudgement judgement, Wanted wanted) {
        return new Check(
                NAME,
                List.of(OwnConfiguration.ACCOUNTS, TwilioJudgement.BASE_URL),
                () -> List.of(asked(account, signIn, judgement, wanted)));
    }

    private static Finding asked(TwilioAccount account, SignInAtTwilio signIn, TwilioJudgement judgement, Wanted wanted)
            throws InterruptedException {
        try {
            return signIn.tried(account)
                    .subscribeAsCompletionStage()
                    .get(wanted.patience().toMillis(), TimeUnit.MILLISECONDS)
                    .map(trouble -> judgement.of(account, trouble))
                    .orElseGet(() -> Finding.ok(NAME, "Twilio takes the credentials of " + account.sid()));
        } catch (TimeoutException e) {
            return judgement.silent(account);
        } catch (ExecutionException e) {
            return judgement.silent(account);
        }
    }
}
