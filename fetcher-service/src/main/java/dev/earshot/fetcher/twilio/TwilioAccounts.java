package dev.earshot.fetcher.twilio;

import dev.earshot.events.AccountSid;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.watch.FileWatch;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The accounts that are configured now: their files are read at start, and again while we run. */
@Startup
@Singleton
public class TwilioAccounts {
    private static final Logger LOG = Logger.getLogger(TwilioAccounts.class);

    private final Supplier<Map<AccountSid, TwilioAccount>> accounts;
    private volatile int most = Integer.MAX_VALUE;
    private volatile String mostBy = "";

    @Inject
    public TwilioAccounts(AccountsConfig config, TwilioConfig twilio, FileWatch watch) {
        AccountFolder folder = folder(config.directory(), twilio.baseUrl());
        this.accounts = watch.over("accounts", () -> withinBounds(folder.read()), Map::isEmpty);
        LOG.infof("%d Twilio account(s) are configured", size());
    }

    /**
     * Read once.
     *
     * @throws IllegalStateException naming what is wrong by file and field
     */
    public TwilioAccounts(Path directory, URI defaultBaseUrl) {
        Map<AccountSid, TwilioAccount> read = folder(directory, defaultBaseUrl).read();
        this.accounts = () -> read;
    }

    private static AccountFolder folder(Path directory, URI defaultBaseUrl) {
        BaseUrls.problem(defaultBaseUrl.toString()).ifPresent(problem -> {
            throw new IllegalStateException("earshot.twilio.base-url " + problem);
        });
        return new AccountFolder(directory, defaultBaseUrl);
    }

    /** @throws TroubleException {@link Trouble.UnknownAccount} if no file names the account */
    public TwilioAccount get(AccountSid sid) {
        TwilioAccount account = accounts.get().get(sid);
        if (account == null) {
            throw new TroubleException(new Trouble.UnknownAccount(
                    "no credentials for account " + sid + ": add a file for it to " + AccountFolder.KEY));
        }
        return account;
    }

    /** All that are configured now. */
    public Collection<TwilioAccount> all() {
        return accounts.get().values();
    }

    public int size() {
        return accounts.get().size();
    }

    /**
     * From now on a change that leads to more accounts is not taken over.
     *
     * @param key the configuration key that has to be raised first
     */
    public void refuseMoreThan(int accounts, String key) {
        mostBy = key;
        most = accounts;
    }

    private Map<AccountSid, TwilioAccount> withinBounds(Map<AccountSid, TwilioAccount> read) {
        if (read.size() > most) {
            throw new IllegalStateException(
                    mostBy + " allows " + most + " accounts, and " + AccountFolder.KEY + " holds " + read.size());
        }
        return read;
    }
}
