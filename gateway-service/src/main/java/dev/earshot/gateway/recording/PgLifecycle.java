package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingReady;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The verbs on PostgreSQL. */
@ApplicationScoped
class PgLifecycle implements Lifecycle {
    private final RecordingRows rows;
    private final ClaimStatements statements;
    private final ReadyTimes times;

    PgLifecycle(RecordingRows rows, ClaimStatements statements, ReadyTimes times) {
        this.rows = rows;
        this.statements = statements;
        this.times = times;
    }

    @Override
    public Uni<Optional<ReadyVerdict>> judge(RecordingReady event) {
        return statements
                .find(event.tenant(), new Sid.OfRecording(event.recordingSid()))
                .map(found -> found.map(seen -> verdict(seen.row(), seen.readAt(), event)));
    }

    @Override
    public Uni<Optional<ReadyVerdict>> ready(RecordingReady event) {
        return rows.change(event.key(), locked -> accept(locked, event));
    }

    private ReadyVerdict accept(RecordingRows.Locked locked, RecordingReady event) {
        ReadyVerdict verdict = verdict(locked.row(), locked.now(), event);
        if (verdict == ReadyVerdict.ACCEPTED && locked.transitions().ready(event)) {
            observe(locked);
        }
        return verdict;
    }

    private static ReadyVerdict verdict(RecordingRow row, Instant now, RecordingReady event) {
        if (!row.accountSid.equals(event.accountSid().value())
                || event.generation() > row.generation
                || event.attempt() > row.attempt) {
            return ReadyVerdict.IMPOSSIBLE;
        }
        if (new Transitions(row, now).acceptsReady(event.generation())) {
            return ReadyVerdict.ACCEPTED;
        }
        return row.state == RecordingRow.State.READY && row.generation == event.generation()
                ? ReadyVerdict.DUPLICATE
                : ReadyVerdict.REFUSED;
    }

    private void observe(RecordingRows.Locked locked) {
        if (locked.row().promisedAt != null) {
            times.ready(locked.row().lane, Duration.between(locked.row().promisedAt, locked.now()));
        }
    }

    @Override
    public Uni<Optional<FailureVerdict>> failed(FetchFailed event, Next.Policy policy) {
        Duration retryAfter = event.retryAfterSeconds().isPresent()
                ? Duration.ofSeconds(event.retryAfterSeconds().getAsInt())
                : Duration.ZERO;
        return rows.change(
                event.key(),
                locked -> fail(
                        locked,
                        event.generation(),
                        event.attempt(),
                        next(locked, policy, event.reason(), event.counted(), retryAfter),
                        event.twilioCode()));
    }

    @Override
    public Uni<Optional<FailureVerdict>> mismatched(RecordingReady event, Next.Policy policy) {
        return rows.change(
                event.key(),
                locked -> fail(
                        locked,
                        event.generation(),
                        event.attempt(),
                        next(locked, policy, FailureReason.STORE_MISMATCH, true, Duration.ZERO),
                        OptionalInt.empty()));
    }

    private static Next next(
            RecordingRows.Locked locked, Next.Policy policy, FailureReason reason, boolean counted, Duration after) {
        RecordingRow row = locked.row();
        return policy.after(
                new Next.SoFar(row.failures, row.countedAttempts, row.notAudioAttempts, failing(locked)),
                reason,
                counted,
                after);
    }

    private static Duration failing(RecordingRows.Locked locked) {
        Instant since = locked.row().failingSince;
        return since == null ? Duration.ZERO : Duration.between(since, locked.now());
    }

    private static FailureVerdict fail(
            RecordingRows.Locked locked, int generation, int attempt, Next next, OptionalInt twilioCode) {
        if (!locked.transitions().failed(generation, attempt, next, twilioCode)) {
            return new FailureVerdict.Late();
        }
        return switch (next) {
            case Next.Retry retry -> new FailureVerdict.Retrying(retry.reason(), retry.after());
            case Next.GiveUp giveUp -> new FailureVerdict.GivenUp(giveUp.reason(), giveUp.isFinal());
        };
    }

    @Override
    public Uni<Boolean> evict(RecordingKey key, int generation) {
        return rows.change(key, locked -> locked.transitions().evict(generation))
                .map(done -> done.orElse(false));
    }

    @Override
    public Uni<Boolean> delete(RecordingKey key) {
        return rows.change(key, locked -> locked.transitions().delete()).map(done -> done.orElse(false));
    }
}
