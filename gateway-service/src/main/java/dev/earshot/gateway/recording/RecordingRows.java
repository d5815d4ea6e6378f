package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Rows under a lock, for the transitions that look before they change. */
@ApplicationScoped
class RecordingRows implements PanacheRepositoryBase<RecordingRow, Long> {
    private final Database database;
    private final Vertx vertx;
    private final StoreGrowth growth;

    RecordingRows(Database database, Vertx vertx, StoreGrowth growth) {
        this.database = database;
        this.vertx = vertx;
        this.growth = growth;
    }

    /** Runs the change on the locked row in one transaction; empty if there is no such row. */
    <T> Uni<Optional<T>> change(RecordingKey key, Function<Locked, T> change) {
        return transaction(() -> find(
                        "tenant = ?1 and recordingSid = ?2",
                        key.tenant().value(),
                        key.recordingSid().value())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .chain(row -> row == null
                        ? Uni.createFrom().item(Optional.empty())
                        : now().map(now -> Optional.of(changed(new Locked(row, now), change)))));
    }

    /**
     * Runs the change on each row that the query locks, all in one transaction.
     *
     * @param query selects ids, {@code for update}
     * @param parameters of {@code ?1} and so on
     */
    <T> Uni<List<T>> changeAll(String query, List<Object> parameters, Function<Locked, T> change) {
        return transaction(() -> lock(query, parameters)
                .chain(this::held)
                .chain(locked -> now().map(now -> locked.stream()
                        .map(row -> changed(new Locked(row, now), change))
                        .toList())));
    }

    private <T> T changed(Locked locked, Function<Locked, T> change) {
        long before = StoreGrowth.storedBytes(locked.row());
        T result = change.apply(locked);
        growth.changed(before, locked.row());
        return result;
    }

    private Uni<List<RecordingRow>> held(List<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of()) : list("id in ?1", ids);
    }

    private static Uni<List<Long>> lock(String query, List<Object> parameters) {
        return Panache.getSession().chain(session -> {
            var ids = session.createNativeQuery(query, Long.class);
            for (int i = 0; i < parameters.size(); i++) {
                ids.setParameter(i + 1, parameters.get(i));
            }
            return ids.getResultList();
        });
    }

    <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        return database.bounded(onOwnContext(() -> Panache.withTransaction(work)));
    }

    /**
     * A Hibernate session needs a duplicated context. Callers come from requests, from timers and from the SDK's threads,
     * so each transaction gets one of its own, and the caller goes on where it was.
     */
    private <T> Uni<T> onOwnContext(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Uni<T> done = Uni.createFrom().emitter(emitter -> {
                Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
                VertxContextSafetyToggle.setContextSafe(own, true);
                own.runOnContext(ignored -> work.get().subscribe().with(emitter::complete, emitter::fail));
            });
            return caller == null ? done : done.emitOn(task -> caller.runOnContext(ignored -> task.run()));
        });
    }

    /** The database's clock: replicas' own clocks are never compared. */
    Uni<Instant> now() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)", Long.class)
                        .getSingleResult())
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** A row that nobody else can change until the transaction ends. */
    record Locked(RecordingRow row, Instant now) {
        Transitions transitions() {
            return new Transitions(row, now);
        }

        Recording recording() {
            return Rows.recording(row, now);
        }
    }
}
