package dev.earshot.gateway.tenant;

import dev.earshot.events.AccountSid;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The accounts as the files tell now.
 *
 * @param now the last state that could be read
 */
record WatchedAccounts(Supplier<FileAccounts> now) implements Accounts {
    @Override
    public Optional<Owner> ownerOf(AccountSid account) {
        return now.get().ownerOf(account);
    }

    @Override
    public List<String> webhookAuthTokens(AccountSid account) {
        return now.get().webhookAuthTokens(account);
    }
}
