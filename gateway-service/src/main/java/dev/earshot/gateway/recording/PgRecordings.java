package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.notify.Waiters;
import dev.earshot.gateway.recording.ClaimStatements.Seen;
import dev.earshot.gateway.recording.RecordingLog.Keys;
import dev.earshot.gateway.tenant.TenantPolicy;
import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The port on PostgreSQL. */
@ApplicationScoped
class PgRecordings implements Recordings {
    private static final RecordingLog LOG = new RecordingLog(PgRecordings.class);
    /** A claim that was lost is read again; after so many losses in a row somebody surely fetches. */
    private static final int TRIES = 4;

    private final ClaimStatements statements;
    private final RecordingRows rows;
    private final Registrations registrations;
    private final ClaimPublisher publisher;
    private final Tenants tenants;
    private final Waiters waiters;
    private final VanishedBreaker breaker;
    private final FetchConfig config;
    private final Claims claims;
    private final Shared<Question, Playability> asks = new Shared<>();

    /** What makes two listeners' requests the same one. */
    private record Question(Tenant tenant, Sid sid) {}

    PgRecordings(
            ClaimStatements statements,
            RecordingRows rows,
            Registrations registrations,
            ClaimPublisher publisher,
            Tenants tenants,
            Waiters waiters,
            VanishedBreaker breaker,
            FetchConfig config,
            Claims claims) {
        this.statements = statements;
        this.rows = rows;
        this.registrations = registrations;
        this.publisher = publisher;
        this.tenants = tenants;
        this.waiters = waiters;
        this.breaker = breaker;
        this.config = config;
        this.claims = claims;
    }

    @Override
    public Uni<Optional<Recording>> find(Tenant tenant, Sid sid) {
        return statements.find(tenant, sid).map(seen -> seen.map(Seen::recording));
    }

    @Override
    public Uni<List<Recording>> find(Collection<RecordingKey> keys) {
        return statements.find(keys);
    }

    @Override
    public Uni<Playability> ask(Tenant tenant, Sid sid, Optional<String> traceparent) {
        return asks.get(new Question(tenant, sid), () -> ask(tenant, sid, traceparent, TRIES));
    }

    private Uni<Playability> ask(Tenant tenant, Sid sid, Optional<String> traceparent, int tries) {
        return statements
                .find(tenant, sid)
                .chain(seen -> seen.isEmpty()
                        ? Uni.createFrom().item(new Playability.Unknown())
                        : answer(tenant, sid, traceparent, tries, seen.get()));
    }

    private Uni<Playability> answer(Tenant tenant, Sid sid, Optional<String> traceparent, int tries, Seen seen) {
        TenantPolicy policy = tenants.policy(tenant);
        Recording recording = seen.recording();
        if (tries == 0) {
            return Uni.createFrom().item(new Playability.Preparing(recording));
        }
        return switch (Listening.step(seen.row(), recording, policy.playbackWindow())) {
            case Listening.Step.Answer answer -> Uni.createFrom().item(answer.playability());
            case Listening.Step.Claim claim ->
                statements
                        .claim(seen.row(), policy.format(), traceparent)
                        .chain(won -> publishOrAgain(won, tenant, sid, traceparent, tries));
            case Listening.Step.Flip flip ->
                statements
                        .flip(seen.row(), traceparent)
                        .chain(won -> publishOrAgain(won, tenant, sid, traceparent, tries));
            case Listening.Step.Hurry hurry ->
                statements
                        .hurry(seen.row())
                        .map(hurried -> new Playability.Preparing(
                                hurried.map(Seen::recording).orElse(recording)));
        };
    }

    private Uni<Playability> publishOrAgain(
            Optional<Claim> won, Tenant tenant, Sid sid, Optional<String> traceparent, int tries) {
        if (won.isEmpty()) {
            return ask(tenant, sid, traceparent, tries - 1);
        }
        claims.claimed();
        publisher.publish(won.get());
        return Uni.createFrom().item(new Playability.Preparing(won.get().recording()));
    }

    @Override
    public Uni<Playability> askAndWait(Tenant tenant, Sid sid, Optional<String> traceparent, Duration atMost) {
        return ask(tenant, sid, traceparent)
                .chain(now -> now instanceof Playability.Preparing preparing
                        ? waitFor(preparing, tenant, sid, traceparent, atMost)
                        : Uni.createFrom().item(now));
    }

    private Uni<Playability> waitFor(
            Playability.Preparing now, Tenant tenant, Sid sid, Optional<String> traceparent, Duration atMost) {
        return waiters.settled(now.recording().key(), atMost, this::settled)
                .chain(changed -> changed.isEmpty()
                        ? Uni.createFrom().item(now)
                        : answer(tenant, sid, traceparent, changed.get()));
    }

    /** Answers from the one shared read; only who would have to claim asks again. */
    private Uni<Playability> answer(Tenant tenant, Sid sid, Optional<String> traceparent, Recording changed) {
        return switch (changed.state()) {
            case RecordingState.Ready ready -> Uni.createFrom().item(new Playability.Playable(changed, ready));
            case RecordingState.Failed failed ->
                Uni.createFrom().item(new Playability.Unavailable(changed, failed.reason(), !failed.isFinal()));
            case RecordingState.Deleted deleted -> Uni.createFrom().item(new Playability.Gone(changed));
            case RecordingState.Fetching f -> Uni.createFrom().item(new Playability.Preparing(changed));
            case RecordingState.Waiting w -> Uni.createFrom().item(new Playability.Preparing(changed));
            case RecordingState.Registered r -> ask(tenant, sid, traceparent);
            case RecordingState.Evicted e -> ask(tenant, sid, traceparent);
        };
    }

    /** Of those waited for, the ones that are no longer being fetched. */
    private Uni<List<Waiters.Settled<Recording>>> settled(Collection<RecordingKey> keys) {
        return statements
                .find(keys)
                .map(found -> found.stream()
                        .filter(recording -> !(recording.state() instanceof RecordingState.Fetching)
                                && !(recording.state() instanceof RecordingState.Waiting))
                        .map(recording -> new Waiters.Settled<>(recording.key(), recording, recording.traceparent()))
                        .toList());
    }

    @Override
    public Uni<Optional<Playability>> vanished(RecordingKey key, int generation, Optional<String> traceparent) {
        if (!breaker.allows(key, generation)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return rows.change(key, locked -> begin(locked, generation, traceparent))
                .invoke(claim -> claim.flatMap(begun -> begun).ifPresent(this::beginAgain))
                .chain(ignored -> ask(key.tenant(), new Sid.OfRecording(key.recordingSid()), traceparent))
                .map(Optional::of);
    }

    private void beginAgain(Claim claim) {
        LOG.warn(
                Keys.of(claim.recording()).code("vanished"),
                "The stored object is gone; generation " + claim.recording().generation() + " is fetched");
        publisher.publish(claim);
    }

    private Optional<Claim> begin(RecordingRows.Locked locked, int generation, Optional<String> traceparent) {
        boolean begun =
                locked.transitions().vanished(generation, config.publishCheck(), config.silenceLimit(), traceparent);
        RecordingRow row = locked.row();
        return begun
                ? Optional.of(new Claim(
                        Rows.required(row.id),
                        locked.recording(),
                        row.lane,
                        row.format,
                        locked.now(),
                        locked.now().plus(config.silenceLimit()),
                        traceparent))
                : Optional.empty();
    }

    @Override
    public Uni<Registration.Outcome> register(Registration registration) {
        return registrations.register(registration);
    }
}
