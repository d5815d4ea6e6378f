package dev.earshot.gateway.recording;

import dev.earshot.events.AccountSid;
import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chosen on PostgreSQL, by the index of a tenant's recordings in a state. */
@ApplicationScoped
class PgPrefetchRange implements PrefetchRange {
    /** What a prefetch marks; see {@link PgPrefetches}. */
    private static final String MATCHING = """
            from recording where tenant = $1 and state in ('REGISTERED', 'FAILED', 'EVICTED')
                and (cast($2 as text) is null or account_sid = $2) and began_at >= $3 and began_at < $4
                and (state = 'EVICTED' or began_at >= now() - $5 * interval '1 ms'
                    and (state = 'REGISTERED' or not failed_for_good and claimable_at <= now()))""";

    private static final String COUNT = "select count(*) as matched " + MATCHING;
    private static final String CHOOSE =
            "select recording_sid " + MATCHING + " order by began_at desc, recording_sid desc limit $6";

    private final Database database;
    private final Tenants tenants;

    PgPrefetchRange(Database database, Tenants tenants) {
        this.database = database;
        this.tenants = tenants;
    }

    @Override
    public Uni<Long> count(Range range) {
        return database.rows(COUNT, row -> row.getLong("matched"), which(range)).map(List::getFirst);
    }

    @Override
    public Uni<List<Sid>> choose(Range range, int atMost) {
        @Nullable Object[] which = which(range);
        @Nullable Object[] all = Arrays.copyOf(which, which.length + 1);
        all[which.length] = (long) atMost;
        return database.rows(
                CHOOSE, row -> (Sid) new Sid.OfRecording(new RecordingSid(row.getString("recording_sid"))), all);
    }

    private @Nullable Object[] which(Range range) {
        Duration window = range.anyAge()
                ? PgPrefetches.ANY_AGE
                : tenants.policy(range.tenant()).playbackWindow();
        return new @Nullable Object[] {
            range.tenant().value(),
            range.account().map(AccountSid::value).orElse(null),
            range.from(),
            range.to(),
            (double) window.toMillis()
        };
    }
}
