package dev.earshot.gateway.discovery;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSeen;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.Facts;
import dev.earshot.gateway.recording.Registration;
import dev.earshot.gateway.recording.Registration.News;
import dev.earshot.gateway.recording.Told;
import dev.earshot.gateway.tenant.Accounts;
import dev.earshot.gateway.tenant.Owner;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What one sighting does: the recording is registered, or reported as nobody's. */
@ApplicationScoped
class Discovery {
    private static final Logger LOG = Logger.getLogger(Discovery.class);
    /** Each list shows the same ones again; of so many it is remembered that they were reported. */
    private static final int REMEMBERED = 10_000;

    private final Accounts accounts;
    private final Told told;
    private final MeterRegistry meters;
    private final Reported reported = new Reported(REMEMBERED);

    Discovery(Accounts accounts, Told told, MeterRegistry meters) {
        this.accounts = accounts;
        this.told = told;
        this.meters = meters;
    }

    /** What became of a sighting. */
    enum Finding {
        /** It was unknown and is registered now. */
        CREATED,
        /** It was known. */
        KNOWN,
        /** It was deleted here, and stays so. */
        GONE,
        /** It is registered with another call or tenant; nothing was changed. */
        CONFLICTING,
        /** Nobody has said whose it is. */
        UNASSIGNED
    }

    Uni<Finding> seen(RecordingSeen event) {
        return owner(event)
                .chain(tenant -> tenant.map(of -> register(of, event))
                        .orElseGet(() -> Uni.createFrom().item(Finding.UNASSIGNED)))
                .invoke(finding -> note(event, finding));
    }

    /** From configuration; of a shared account's recording from the row, if there is one. */
    private Uni<Optional<Tenant>> owner(RecordingSeen event) {
        return accounts.ownerOf(event.accountSid())
                .map(owner -> switch (owner) {
                    case Owner.OfTenant of -> Uni.createFrom().item(Optional.of(of.tenant()));
                    case Owner.Shared shared -> told.tenantOf(event.accountSid(), event.recordingSid());
                })
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Finding> register(Tenant tenant, RecordingSeen event) {
        return told.register(
                        new RecordingKey(tenant, event.recordingSid()),
                        event.accountSid(),
                        event.callSid(),
                        new Facts(event.startedAt(), event.durationSeconds(), event.channels()),
                        news(event.status()))
                .map(Discovery::finding);
    }

    private static News news(RecordingSeen.Status status) {
        return switch (status) {
            case COMPLETED -> News.LISTED;
            case ABSENT -> News.ABSENT;
        };
    }

    private static Finding finding(Registration.Outcome outcome) {
        return switch (outcome) {
            case Registration.Outcome.Created created -> Finding.CREATED;
            case Registration.Outcome.Known known -> Finding.KNOWN;
            case Registration.Outcome.Gone gone -> Finding.GONE;
            case Registration.Outcome.Conflicting conflicting -> Finding.CONFLICTING;
        };
    }

    private void note(RecordingSeen event, Finding finding) {
        meters.counter("earshot.discovered", "outcome", finding.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
        switch (finding) {
            case CREATED ->
                LOG.infof(
                        "A recording was found that no webhook told of: %s of account %s",
                        event.recordingSid(), event.accountSid());
            case UNASSIGNED, CONFLICTING -> report(event, finding);
            case KNOWN, GONE -> {}
        }
    }

    private void report(RecordingSeen event, Finding finding) {
        if (reported.isNew(event.kafkaKey())) {
            LOG.warnf(
                    finding == Finding.UNASSIGNED
                            ? "A recording is nobody's: %s of account %s, which is shared or not configured; register it"
                                    + " with PUT /api/recordings/{sid} as an operator"
                            : "A recording is registered with another call or tenant than its account's list says: %s of"
                                    + " account %s",
                    event.recordingSid(),
                    event.accountSid());
        }
    }
}
