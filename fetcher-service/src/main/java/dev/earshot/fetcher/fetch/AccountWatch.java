package dev.earshot.fetcher.fetch;

import dev.earshot.events.AccountSid;
import dev.earshot.events.FailureReason;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.Trouble.RedirectRefused;
import dev.earshot.fetcher.failure.Trouble.RefusedAnswer;
import dev.earshot.fetcher.failure.Trouble.UnknownAccount;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.fetch.Admission.Ending;
import dev.earshot.fetcher.health.Dependencies;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells health how each account does, and a person, once, when its credentials are refused. */
@Singleton
public class AccountWatch {
    private static final Logger LOG = Logger.getLogger(AccountWatch.class);

    private final Dependencies dependencies;
    private final Set<AccountSid> refused = ConcurrentHashMap.newKeySet();

    @Inject
    AccountWatch(Dependencies dependencies) {
        this.dependencies = dependencies;
    }

    void saw(AccountSid account, Ending ending, @Nullable Throwable failure) {
        String name = "twilio-" + account;
        if (isUnauthorized(failure)) {
            dependencies.degraded(name, FailureReason.UNAUTHORIZED.code());
            if (refused.add(account)) {
                LOG.errorf("Twilio refuses the credentials of account %s; check its file", account);
            }
            return;
        }
        switch (ending) {
            case ANSWERED -> {
                dependencies.ok(name);
                if (refused.remove(account)) {
                    LOG.infof("Twilio accepts the credentials of account %s again", account);
                }
            }
            case RATE_LIMITED -> dependencies.degraded(name, FailureReason.RATE_LIMITED.code());
            case FAILED -> dependencies.degraded(name, "no answer or 5xx");
            case INCONCLUSIVE -> {}
        }
    }

    /** A page of the account's list came, or failed to. */
    public void listed(AccountSid account, @Nullable Throwable failure) {
        saw(account, Endings.of(failure), failure);
    }

    /** What needs a person and is no matter of the account's answers. */
    void met(AccountSid account, Trouble trouble) {
        if (trouble instanceof UnknownAccount unknown && refused.add(account)) {
            LOG.error(unknown.detail());
        } else if (trouble instanceof RedirectRefused redirect) {
            LOG.errorf("Twilio redirected account %s where we do not go: %s", account, redirect.detail());
        }
    }

    private static boolean isUnauthorized(@Nullable Throwable failure) {
        return failure instanceof TroubleException named
                && named.trouble() instanceof RefusedAnswer answer
                && (answer.status() == 401 || answer.status() == 403);
    }
}
