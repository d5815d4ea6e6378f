package dev.earshot.fetcher.twilio;

import dev.earshot.events.AccountSid;
import dev.earshot.fetcher.twilio.AccountFile.Described;
import dev.earshot.fetcher.twilio.AccountFile.SignIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The accounts' files as a whole.
 *
 * @param directory the folder
 * @param defaultBaseUrl of accounts that name none, and whose parent names none
 */
record AccountFolder(Path directory, URI defaultBaseUrl) {
    static final String KEY = "earshot.accounts.directory";

    /** @throws IllegalStateException naming what is wrong by file and field */
    Map<AccountSid, TwilioAccount> read() {
        if (!Files.isDirectory(directory)) {
            throw new IllegalStateException(KEY + ": " + directory.toAbsolutePath() + " is no folder");
        }
        Map<AccountSid, Described> described = new LinkedHashMap<>();
        Path now = now();
        for (Path content : files(now)) {
            Described account = AccountFile.read(content, directory.resolve(now.relativize(content)));
            if (described.put(account.sid(), account) != null) {
                throw account.wrong("accountSid", "is the one of another file");
            }
        }
        Map<AccountSid, TwilioAccount> accounts = new LinkedHashMap<>();
        described.forEach((sid, account) -> accounts.put(sid, account(account, described)));
        return Map.copyOf(accounts);
    }

    private TwilioAccount account(Described account, Map<AccountSid, Described> all) {
        return switch (account.signIn()) {
            case SignIn.Own(String username, String password) ->
                new TwilioAccount(
                        account.sid(), username, password, account.baseUrl().orElse(defaultBaseUrl));
            case SignIn.Parents(AccountSid parent) -> subAccount(account, parent, all);
        };
    }

    /** At Twilio a sub-account has no sub-accounts: the parent's credentials are its own. */
    private TwilioAccount subAccount(Described account, AccountSid parentSid, Map<AccountSid, Described> all) {
        Described parent = all.get(parentSid);
        if (parent == null) {
            throw account.wrong("parentAccountSid", "names an account that no file describes");
        }
        if (!(parent.signIn() instanceof SignIn.Own(String username, String password))) {
            throw account.wrong("parentAccountSid", "names an account that has no username and password itself");
        }
        URI baseUrl = account.baseUrl().or(parent::baseUrl).orElse(defaultBaseUrl);
        return new TwilioAccount(account.sid(), username, password, baseUrl);
    }

    /**
     * Kubernetes changes a mounted secret by swapping its link {@code ..data}; who follows the link once reads the old files
     * or the new ones, and never some of both.
     */
    private Path now() {
        try {
            Path data = directory.resolve("..data");
            return Files.isDirectory(data) ? data.toRealPath() : directory;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<Path> files(Path now) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(now, "[!.]*.json")) {
            return StreamSupport.stream(found.spliterator(), false)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(e);
        }
    }

    private IllegalStateException unreadable(Exception e) {
        return new IllegalStateException(KEY + ": " + directory.toAbsolutePath() + " cannot be read: " + e, e);
    }
}
