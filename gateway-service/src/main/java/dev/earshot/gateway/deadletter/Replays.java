package dev.earshot.gateway.deadletter;

import dev.earshot.gateway.recording.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Remembers in the database which letters were replayed, by whom and when. */
@ApplicationScoped
class Replays {
    private static final String KNOWN = """
            select * from dead_letter_replay where topic = any($1) and sent_at is not null""";

    /** Whoever claimed it and has not sent it within a minute has died; a producer gives up in five seconds. */
    private static final String CLAIM = """
            insert into dead_letter_replay as known
                (topic, partition_id, letter_offset, written_at, claimed_at, claimed_by)
            values ($1, $2, $3, $4, now(), $5)
            on conflict (topic, partition_id, letter_offset, written_at)
                do update set claimed_at = now(), claimed_by = $5
                where $6 or known.sent_at is null and known.claimed_at < now() - interval '1 minute'
            returning 1 as claimed""";

    private static final String SENT = """
            update dead_letter_replay set sent_at = now()
            where topic = $1 and partition_id = $2 and letter_offset = $3 and written_at = $4 returning 1 as sent""";

    private static final String FORGET = """
            delete from dead_letter_replay
            where topic = $1 and partition_id = $2 and letter_offset = $3 and written_at = $4 and sent_at is null
            returning 1 as gone""";

    /** Longer than any topic of dead letters keeps them. */
    private static final String FORGET_OLD = """
            delete from dead_letter_replay where claimed_at < now() - interval '180 days' returning 1 as gone""";

    private final Database database;

    Replays(Database database) {
        this.database = database;
    }

    /** A letter, in a topic that may have been made anew. */
    record Which(Letter.Place place, Instant writtenAt) {
        static Which of(Letter letter) {
            return new Which(letter.place(), letter.writtenAt());
        }
    }

    /** One that was sent. */
    record Replay(Which which, Instant at, String by) {}

    /** What was sent again of what came on these topics. */
    Uni<Map<Which, Replay>> known(List<String> topics) {
        return database.rows(KNOWN, Replays::replay, (Object) topics.toArray(String[]::new))
                .map(all -> all.stream().collect(Collectors.toMap(Replay::which, Function.identity())));
    }

    private static Replay replay(Row row) {
        return new Replay(
                new Which(
                        new Letter.Place(
                                row.getString("topic"), row.getInteger("partition_id"), row.getLong("letter_offset")),
                        at(row, "written_at")),
                at(row, "sent_at"),
                row.getString("claimed_by"));
    }

    private static Instant at(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return Objects.requireNonNull(time, column).toInstant();
    }

    /**
     * Takes one for sending.
     *
     * @param again also if it was sent before
     * @return whether it is whoever asks who may send it
     */
    Uni<Boolean> claim(Which which, String by, boolean again) {
        return database.rows(
                        CLAIM,
                        row -> row.getInteger("claimed"),
                        which.place().topic(),
                        which.place().partition(),
                        which.place().offset(),
                        which.writtenAt(),
                        by,
                        again)
                .map(claimed -> !claimed.isEmpty());
    }

    Uni<Void> sent(Which which) {
        return change(SENT, "sent", which);
    }

    /** It was not sent after all. What was sent before stays known. */
    Uni<Void> notSent(Which which) {
        return change(FORGET, "gone", which);
    }

    Uni<Void> forgetOld() {
        return database.rows(FORGET_OLD, row -> row.getInteger("gone")).replaceWithVoid();
    }

    private Uni<Void> change(String sql, String told, Which which) {
        return database.rows(
                        sql,
                        row -> row.getInteger(told),
                        which.place().topic(),
                        which.place().partition(),
                        which.place().offset(),
                        which.writtenAt())
                .replaceWithVoid();
    }
}
