package dev.earshot.gateway.tenant;

import dev.earshot.events.AccountSid;
import dev.earshot.events.Tenant;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The accounts as the files told when they were read. */
public final class FileAccounts implements Accounts {
    private static final Set<String> FIELDS = Set.of("accountSid", "tenant", "shared", "webhookAuthTokens");
    /** During a rotation the old token and the new one sign; there are never three. */
    private static final int MOST_TOKENS = 2;

    private final Map<AccountSid, Account> accounts;

    private FileAccounts(Map<AccountSid, Account> accounts) {
        this.accounts = Map.copyOf(accounts);
    }

    /** @throws IllegalStateException naming what is wrong by file and field, without a value */
    public static FileAccounts read(Path directory) {
        Map<AccountSid, Account> accounts = new HashMap<>();
        Set<String> tokens = new HashSet<>();
        for (JsonFile file : JsonFile.all("earshot.accounts.directory", directory, FIELDS)) {
            AccountSid sid = file.required("accountSid", AccountSid::new);
            Account account = new Account(owner(file), file.texts("webhookAuthTokens", 1, MOST_TOKENS));
            if (accounts.put(sid, account) != null) {
                throw file.invalid("accountSid", "is the one of another file too");
            }
            if (!account.tokens().stream().allMatch(tokens::add)) {
                // Twilio signs a sub-account's webhooks with its own token, and a token of two accounts signs for both.
                throw file.invalid("webhookAuthTokens", "holds a token twice, or one of another account's file");
            }
        }
        return new FileAccounts(accounts);
    }

    private static Owner owner(JsonFile file) {
        Optional<Tenant> tenant = file.optional("tenant", Tenant::new);
        boolean shared = file.flag("shared");
        if (tenant.isPresent() == shared) {
            throw file.invalid("tenant", "must be given exactly if shared is not true");
        }
        return tenant.<Owner>map(Owner.OfTenant::new).orElseGet(Owner.Shared::new);
    }

    @Override
    public Optional<Owner> ownerOf(AccountSid account) {
        return Optional.ofNullable(accounts.get(account)).map(Account::owner);
    }

    @Override
    public List<String> webhookAuthTokens(AccountSid account) {
        Account known = accounts.get(account);
        return known == null ? List.of() : known.tokens();
    }

    /** Those that there are. */
    public Set<AccountSid> sids() {
        return accounts.keySet();
    }

    /** Whether there is no file. */
    boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** Whether the files said the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileAccounts that && accounts.equals(that.accounts);
    }

    @Override
    public int hashCode() {
        return accounts.hashCode();
    }

    private record Account(Owner owner, List<String> tokens) {
        @Override
        public String toString() {
            return "Account[owner=" + owner + ", " + tokens.size() + " tokens]";
        }
    }
}
