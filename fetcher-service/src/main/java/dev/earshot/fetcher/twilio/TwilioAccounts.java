package dev.earshot.fetcher.twilio;

import dev.earshot.events.AccountSid;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** The configured accounts, read once at start. */
@Startup
@Singleton
public class TwilioAccounts {
    private static final Logger LOG = Logger.getLogger(TwilioAccounts.class);
    private static final String KEY = "earshot.accounts.directory";

    private final Map<AccountSid, TwilioAccount> accounts;

    @Inject
    public TwilioAccounts(AccountsConfig config, TwilioConfig twilio) {
        this(config.directory(), twilio.baseUrl());
    }

    TwilioAccounts(Path directory, URI defaultBaseUrl) {
        BaseUrls.problem(defaultBaseUrl.toString()).ifPresent(problem -> {
            throw new IllegalStateException("earshot.twilio.base-url " + problem);
        });
        this.accounts = read(directory, defaultBaseUrl);
        LOG.infof("%d Twilio account(s) are configured", accounts.size());
    }

    /** @throws TroubleException {@link Trouble.UnknownAccount} if no file names the account */
    public TwilioAccount get(AccountSid sid) {
        TwilioAccount account = accounts.get(sid);
        if (account == null) {
            throw new TroubleException(new Trouble.UnknownAccount("no credentials for account " + sid
                    + ": add a file for it to " + KEY + " and restart the fetcher"));
        }
        return account;
    }

    /** All of them. */
    public Collection<TwilioAccount> all() {
        return accounts.values();
    }

    public int size() {
        return accounts.size();
    }

    private static Map<AccountSid, TwilioAccount> read(Path directory, URI defaultBaseUrl) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalStateException(KEY + ": " + directory.toAbsolutePath() + " is no folder");
        }
        Map<AccountSid, TwilioAccount> read = new LinkedHashMap<>();
        for (Path file : files(directory)) {
            TwilioAccount account = AccountFile.read(file, defaultBaseUrl);
            if (read.put(account.sid(), account) != null) {
                throw new IllegalStateException(file + ": accountSid is the one of another file");
            }
        }
        return Map.copyOf(read);
    }

    /** A mounted Kubernetes secret keeps its own hidden folders beside the files. */
    private static List<Path> files(Path directory) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.json")) {
            return StreamSupport.stream(found.spliterator(), false)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(KEY + ": " + directory.toAbsolutePath() + " cannot be read: " + e, e);
        }
    }
}
