package dev.earshot.gateway.recording;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * The port on PostgreSQL: a row with a time, since an advisory lock would need a connection of its own for hours, and the pool
 * takes one that rests for dead.
 */
@ApplicationScoped
class PgWorkLeases implements WorkLeases {
    private static final String TAKE = """
            insert into work_lease as known (work, holder, held_until) values ($1, $2, now() + $3 * interval '1 ms')
            on conflict (work) do update set holder = excluded.holder, held_until = excluded.held_until
                where known.holder = excluded.holder or known.held_until < now()
            returning work""";

    private static final String GIVE_BACK = "delete from work_lease where work = $1 and holder = $2 returning work";

    private final Database database;

    PgWorkLeases(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Boolean> take(String work, UUID holder, Duration time) {
        return database.rows(TAKE, row -> row.getString("work"), work, holder, (double) time.toMillis())
                .map(taken -> !taken.isEmpty());
    }

    @Override
    public Uni<Void> giveBack(String work, UUID holder) {
        return database.rows(GIVE_BACK, row -> row.getString("work"), work, holder)
                .replaceWithVoid();
    }
}
