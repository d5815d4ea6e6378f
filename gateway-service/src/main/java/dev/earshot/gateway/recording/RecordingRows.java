package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Rows under a lock, for the transitions that look before they change. */
@ApplicationScoped
class RecordingRows implements PanacheRepositoryBase<RecordingRow, Long> {
    private final Database database;

    RecordingRows(Database database) {
        this.database = database;
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
                        : now().map(now -> Optional.of(change.apply(new Locked(row, now))))));
    }

    <T> Uni<T> transaction(java.util.function.Supplier<Uni<T>> work) {
        return database.bounded(Panache.withTransaction(work));
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
