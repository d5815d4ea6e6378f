package dev.earshot.gateway.retention;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Expiring;
import dev.earshot.gateway.recording.Expiring.Age;
import dev.earshot.gateway.recording.Expiring.Oldest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One round over all tenants: first what is to be deleted, since that need not be evicted before. */
final class RetentionRound {
    private static final int TENANTS_AT_ONCE = 100;
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(1);
    private static final int NO_ROOM = -1;

    private final Expiring recordings;
    private final Supplier<Uni<DueWork.Pending>> pending;
    private final RetentionRoundsConfig config;
    private final BiFunction<Age, Tenant, Optional<Duration>> limits;
    private final BooleanSupplier over;
    private final Map<Age, Integer> done = new EnumMap<>(Age.class);
    private boolean anybodyWantsIt;
    private Optional<Tenant> after = Optional.empty();

    /**
     * @param pending what the sweeper has to do
     * @param limits how old a tenant's recordings may become, if there is a limit
     * @param over whether the round has had its time
     */
    RetentionRound(
            Expiring recordings,
            Supplier<Uni<DueWork.Pending>> pending,
            RetentionRoundsConfig config,
            BiFunction<Age, Tenant, Optional<Duration>> limits,
            BooleanSupplier over) {
        this.recordings = recordings;
        this.pending = pending;
        this.config = config;
        this.limits = limits;
        this.over = over;
    }

    Uni<RetentionRound> run() {
        return tenants(Age.SINCE_CALL).chain(() -> tenants(Age.UNPLAYED)).replaceWith(this);
    }

    int count(Age age) {
        return done.getOrDefault(age, 0);
    }

    /** Whether any tenant that has recordings has a limit. */
    boolean anybodyWantsIt() {
        return anybodyWantsIt;
    }

    private Uni<Void> tenants(Age age) {
        return Uni.createFrom().deferred(() -> {
            after = Optional.empty();
            return Multi.createBy()
                    .repeating()
                    .uni(() -> page(age))
                    .whilst(found -> found == TENANTS_AT_ONCE && !over.getAsBoolean())
                    .onItem()
                    .ignoreAsUni();
        });
    }

    /** @return how many tenants there were */
    private Uni<Integer> page(Age age) {
        return recordings
                .oldest(age, after, TENANTS_AT_ONCE)
                .invoke(this::remember)
                .chain(tenants -> Multi.createFrom()
                        .iterable(tenants)
                        .onItem()
                        .transformToUniAndConcatenate(each -> tenant(age, each))
                        .onItem()
                        .ignoreAsUni()
                        .replaceWith(tenants.size()));
    }

    private void remember(List<Oldest> page) {
        if (!page.isEmpty()) {
            after = Optional.of(page.getLast().tenant());
        }
    }

    private Uni<Integer> tenant(Age age, Oldest oldest) {
        Optional<Duration> limit = limits.apply(age, oldest.tenant());
        anybodyWantsIt = anybodyWantsIt || limit.isPresent();
        if (limit.isEmpty() || oldest.age().compareTo(limit.get()) < 0) {
            return Uni.createFrom().item(0);
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> batch(age, oldest.tenant(), limit.get()))
                .whilst(count -> (count == config.batchSize() || count == NO_ROOM) && !over.getAsBoolean())
                .filter(count -> count != NO_ROOM)
                .invoke(count -> done.merge(age, count, Integer::sum))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> batch(Age age, Tenant tenant, Duration limit) {
        return pending.get()
                .chain(now -> now.announcements() + now.purges() > config.maxPending()
                        ? Uni.createFrom().item(NO_ROOM).onItem().delayIt().by(UNTIL_THERE_IS_ROOM)
                        : recordings.expire(age, tenant, limit, config.batchSize()));
    }
}
