package dev.earshot.gateway.fetch;

import dev.earshot.events.AccountSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.FetchConfig;
import dev.earshot.gateway.recording.Lifecycle;
import dev.earshot.gateway.recording.Lifecycle.FailureVerdict;
import dev.earshot.gateway.recording.Lifecycle.ReadyVerdict;
import dev.earshot.gateway.recording.Next;
import dev.earshot.gateway.recording.RecordingLog;
import dev.earshot.gateway.store.StoreControl;
import dev.earshot.gateway.tenant.Accounts;
import dev.earshot.gateway.tenant.Owner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** What one outcome does. Each method answers with why the event is to be put aside, or nothing. */
@Startup
@ApplicationScoped
class Outcomes {
    private static final RecordingLog LOG = new RecordingLog(Outcomes.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Lifecycle lifecycle;
    private final StoreControl store;
    private final Accounts accounts;
    private final BulkPlaces bulk;
    private final VisibilityConfig visibility;
    private final MeterRegistry meters;
    private final Counter mismatches;
    private final Next.Policy policy;
    /** One ERROR for each account, not one for each recording. */
    private final Set<AccountSid> locked = ConcurrentHashMap.newKeySet();

    Outcomes(
            Lifecycle lifecycle,
            StoreControl store,
            Accounts accounts,
            BulkPlaces bulk,
            VisibilityConfig visibility,
            FetchConfig config,
            MeterRegistry meters) {
        this.lifecycle = lifecycle;
        this.store = store;
        this.accounts = accounts;
        this.bulk = bulk;
        this.visibility = visibility;
        this.meters = meters;
        this.mismatches = meters.counter("earshot.store.mismatch");
        this.policy =
                new FailurePolicy(config, () -> ThreadLocalRandom.current().nextDouble());
    }

    Uni<Optional<String>> ready(RecordingReady event) {
        if (!event.object().bucket().equals(store.bucket())) {
            return aside("object.bucket is not ours");
        }
        if (isForeign(event.accountSid(), event.tenant())) {
            return aside("the account is not the tenant's");
        }
        return lifecycle
                .judge(event)
                .chain(verdict -> verdict.isEmpty()
                        ? aside("the recording is unknown")
                        : switch (verdict.get()) {
                            case ACCEPTED ->
                                sees(event, visibility.visibilityWait().toNanos() + System.nanoTime())
                                        .chain(seen -> seen ? accept(event) : mismatch(event));
                            case DUPLICATE, REFUSED, IMPOSSIBLE -> settle(event, verdict.get());
                        });
    }

    private Uni<Boolean> sees(RecordingReady event, long deadlineNanos) {
        return store.sees(event.object())
                .chain(seen -> seen || System.nanoTime() > deadlineNanos
                        ? Uni.createFrom().item(seen)
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(LOOK_AGAIN)
                                .chain(() -> sees(event, deadlineNanos)));
    }

    private Uni<Optional<String>> accept(RecordingReady event) {
        return lifecycle.ready(event).chain(verdict -> settle(event, verdict.orElse(ReadyVerdict.IMPOSSIBLE)));
    }

    private Uni<Optional<String>> settle(RecordingReady event, ReadyVerdict verdict) {
        count("ready", verdict.name());
        return switch (verdict) {
            case ACCEPTED -> {
                locked.remove(event.accountSid());
                bulk.freed();
                LOG.info(keys(event).code("ready"), "Ready, generation " + event.generation());
                yield done();
            }
            case DUPLICATE -> done();
            case REFUSED -> {
                LOG.info(
                        keys(event).code("refused"),
                        "A late ready is refused and its object deleted, generation " + event.generation());
                yield store.deleteGeneration(event.key(), event.generation()).chain(Outcomes::done);
            }
            case IMPOSSIBLE -> aside("nothing of ours asked for this generation, attempt or account");
        };
    }

    private Uni<Optional<String>> mismatch(RecordingReady event) {
        mismatches.increment();
        LOG.error(
                keys(event).code(FailureReason.STORE_MISMATCH.code()),
                "The fetcher announced " + event.object().key() + " but this gateway cannot see it in bucket "
                        + store.bucket());
        return lifecycle
                .mismatched(event, policy)
                .chain(verdict -> failed(verdict, keys(event), "", event.accountSid()));
    }

    Uni<Optional<String>> failed(FetchFailed event) {
        if (isForeign(event.accountSid(), event.tenant())) {
            return aside("the account is not the tenant's");
        }
        return lifecycle
                .failed(event, policy)
                .chain(verdict -> failed(verdict, keys(event), ": " + event.detail(), event.accountSid()));
    }

    private Uni<Optional<String>> failed(
            Optional<FailureVerdict> verdict, RecordingLog.Keys keys, String detail, AccountSid account) {
        if (verdict.isEmpty()) {
            return aside("the recording is unknown");
        }
        switch (verdict.get()) {
            case FailureVerdict.Late late -> count("failed", "late");
            case FailureVerdict.Retrying retrying -> {
                bulk.freed();
                count("failed", retrying.reason().code());
                LOG.info(
                        keys.code(retrying.reason().code()),
                        "The attempt failed, the next one is due in " + retrying.after() + detail);
                alarm(retrying.reason(), account, keys);
            }
            case FailureVerdict.GivenUp givenUp -> {
                bulk.freed();
                count("failed", givenUp.reason().code());
                LOG.info(
                        keys.code(givenUp.reason().code()),
                        "The recording failed" + (givenUp.isFinal() ? " for good" : "") + detail);
            }
        }
        return done();
    }

    private void alarm(FailureReason reason, AccountSid account, RecordingLog.Keys keys) {
        if (reason == FailureReason.UNAUTHORIZED && locked.add(account)) {
            LOG.error(keys.code(reason.code()), "Twilio refuses the credentials of account " + account.value());
        } else if (reason == FailureReason.REDIRECT_REFUSED) {
            LOG.error(
                    keys.code(reason.code()),
                    "Twilio redirects account " + account.value() + " to a host that is not allowed");
        }
    }

    private static RecordingLog.Keys keys(RecordingReady event) {
        return RecordingLog.Keys.of(event, event.callSid().value(), event.attempt());
    }

    private static RecordingLog.Keys keys(FetchFailed event) {
        return RecordingLog.Keys.of(event, event.callSid().value(), event.attempt());
    }

    /** An account that was taken out of the configuration meanwhile still ends what was promised: the row knows it. */
    private boolean isForeign(AccountSid account, Tenant tenant) {
        return accounts.ownerOf(account)
                .map(owner ->
                        owner instanceof Owner.OfTenant own && !own.tenant().equals(tenant))
                .orElse(false);
    }

    private void count(String type, String result) {
        meters.counter("earshot.fetch.outcomes", "type", type, "result", result.toLowerCase(java.util.Locale.ROOT))
                .increment();
    }

    private static Uni<Optional<String>> aside(String reason) {
        return Uni.createFrom().item(Optional.of(reason));
    }

    private static Uni<Optional<String>> done() {
        return Uni.createFrom().item(Optional.empty());
    }
}
