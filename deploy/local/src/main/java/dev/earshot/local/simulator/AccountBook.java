package dev.earshot.local.simulator;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The accounts and how each of them behaves as a whole. */
final class AccountBook {
    static final int UNLIMITED = Integer.MAX_VALUE;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    AccountBook(Collection<Account> accounts) {
        accounts.forEach(this::add);
    }

    /** One account, its rule and the media requests in flight. */
    static final class Entry {
        private final Account account;
        private final AtomicInteger inFlight = new AtomicInteger();
        private volatile Rule rule = new Rule(Behaviour.NORMAL, 0, UNLIMITED);

        private Entry(Account account) {
            this.account = account;
        }

        Account account() {
            return account;
        }

        AtomicInteger inFlight() {
            return inFlight;
        }

        Rule rule() {
            return rule;
        }

        void behave(Rule changed) {
            rule = changed;
        }
    }

    /** Applies to every recording of an account that has no behaviour of its own. */
    record Rule(Behaviour behaviour, int seconds, int concurrency) {}

    void add(Account account) {
        entries.put(account.accountSid(), new Entry(account));
    }

    Optional<Entry> bySid(String accountSid) {
        return Optional.ofNullable(entries.get(accountSid));
    }

    Optional<Entry> byCredentials(String user, String secret) {
        return entries.values().stream()
                .filter(entry -> entry.account().opensWith(user, secret))
                .findFirst();
    }

    /** A tenant's own account, or else the shared one. */
    Optional<Account> forTenant(String tenant) {
        List<Account> all = entries.values().stream().map(Entry::account).toList();
        return all.stream()
                .filter(account -> account.tenant().filter(tenant::equals).isPresent())
                .findFirst()
                .or(() -> all.stream()
                        .filter(account -> account.tenant().isEmpty())
                        .findFirst());
    }

    /** A parent reaches its sub-accounts' resources, not the reverse. */
    boolean mayRead(Account reader, String accountSid) {
        return reader.accountSid().equals(accountSid)
                || bySid(accountSid)
                        .flatMap(entry -> entry.account().parentSid())
                        .filter(reader.accountSid()::equals)
                        .isPresent();
    }

    void forgetRules() {
        entries.values().forEach(entry -> entry.behave(new Rule(Behaviour.NORMAL, 0, UNLIMITED)));
    }
}
