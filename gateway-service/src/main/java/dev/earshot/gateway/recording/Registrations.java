package dev.earshot.gateway.recording;

import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;

/** Registers recordings; the database's unique keys decide between two who do it at once. */
@ApplicationScoped
class Registrations {
    private static final int WEBHOOK_PRIORITY = 0;
    /** Behind what webhooks told of: a backfill may be long, and nobody has just hung up. */
    private static final int LISTED_PRIORITY = 1;

    private final RecordingRows rows;
    private final Tenants tenants;

    Registrations(RecordingRows rows, Tenants tenants) {
        this.rows = rows;
        this.tenants = tenants;
    }

    Uni<Registration.Outcome> register(Registration registration) {
        // Somebody else inserted it in between: now it is a known one.
        return attempt(registration).onFailure(Database::isDuplicate).recoverWithUni(() -> attempt(registration));
    }

    private Uni<Registration.Outcome> attempt(Registration registration) {
        return rows.transaction(() -> rows.find(
                        "(accountSid = ?1 or tenant = ?2) and recordingSid = ?3",
                        registration.accountSid().value(),
                        registration.key().tenant().value(),
                        registration.key().recordingSid().value())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .chain(row -> rows.now()
                        .chain(now -> row == null
                                ? create(registration, now)
                                : Uni.createFrom().item(known(registration, new RecordingRows.Locked(row, now))))));
    }

    private Uni<Registration.Outcome> create(Registration registration, Instant now) {
        RecordingRow row = new RecordingRow();
        row.tenant = registration.key().tenant().value();
        row.accountSid = registration.accountSid().value();
        row.callSid = registration.callSid().value();
        row.recordingSid = registration.key().recordingSid().value();
        row.createdAt = now;
        row.changedAt = now;
        RecordingRows.Locked locked = new RecordingRows.Locked(row, now);
        locked.transitions().add(registration.facts());
        hear(registration, locked);
        return rows.persistAndFlush(row).map(saved -> new Registration.Outcome.Created(locked.recording()));
    }

    private Registration.Outcome known(Registration registration, RecordingRows.Locked locked) {
        RecordingRow row = locked.row();
        if (!row.tenant.equals(registration.key().tenant().value())) {
            return new Registration.Outcome.Conflicting("recordingSid");
        }
        if (!row.accountSid.equals(registration.accountSid().value())) {
            return new Registration.Outcome.Conflicting("accountSid");
        }
        if (row.state == RecordingRow.State.DELETED) {
            return new Registration.Outcome.Gone();
        }
        if (!row.callSid.equals(registration.callSid().value())) {
            return new Registration.Outcome.Conflicting("callSid");
        }
        String contradiction = locked.transitions().contradiction(registration.facts());
        if (contradiction != null && registration.news() == Registration.News.NONE) {
            return new Registration.Outcome.Conflicting(contradiction);
        }
        locked.transitions().add(registration.facts());
        hear(registration, locked);
        return new Registration.Outcome.Known(locked.recording());
    }

    private void hear(Registration registration, RecordingRows.Locked locked) {
        Transitions transitions = locked.transitions();
        boolean changed = switch (registration.news()) {
            case NONE -> false;
            case ABSENT -> transitions.absent();
            case COMPLETED -> completed(registration, transitions, WEBHOOK_PRIORITY);
            case LISTED -> completed(registration, transitions, LISTED_PRIORITY);
        };
        if (changed) {
            locked.row().format = tenants.policy(registration.key().tenant()).format();
        }
    }

    private boolean completed(Registration registration, Transitions transitions, int priority) {
        Duration window = tenants.policy(registration.key().tenant()).playbackWindow();
        return registration.prefetch() && transitions.prefetch(priority, window) || transitions.completed();
    }
}
