package dev.earshot.gateway.recording;

import dev.earshot.events.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keyset pages on PostgreSQL. */
@ApplicationScoped
class PgPages implements Pages {
    private final Database database;

    PgPages(Database database) {
        this.database = database;
    }

    @Override
    public Uni<List<Listed>> page(Tenant tenant, PageQuery query) {
        Statement statement = Statement.of(tenant, query);
        return database.rows(statement.sql(), PgPages::listed, statement.parameters());
    }

    private static Listed listed(Row row) {
        Recording recording = ClaimStatements.Seen.of(row).recording();
        return new Listed(
                recording,
                new PageQuery.Position(
                        Rows.required(row.getOffsetDateTime("began_at")).toInstant(),
                        recording.key().recordingSid()));
    }

    /**
     * Only the conditions that were asked for: with one statement for all of them the planner could not choose an index by
     * those that count. The few dozen texts are prepared once each.
     */
    record Statement(String sql, @Nullable Object[] parameters) {
        static Statement of(Tenant tenant, PageQuery query) {
            Conditions where = new Conditions();
            where.add("tenant = %s and state <> 'DELETED'", tenant.value());
            query.filter().state().ifPresent(state -> where.add("state = %s", state.name()));
            query.filter().reason().ifPresent(reason -> where.add("reason = %s", reason.name()));
            query.filter().callSid().ifPresent(call -> where.add("call_sid = %s", call.value()));
            query.filter().from().ifPresent(from -> where.add("began_at >= %s", from));
            query.filter().to().ifPresent(to -> where.add("began_at < %s", to));
            query.after()
                    .ifPresent(after -> where.add(
                            "(began_at, recording_sid) < (%s, %s)",
                            after.beganAt(), after.recordingSid().value()));
            String sql = "select *, now() as read_at from recording where " + String.join(" and ", where.texts)
                    + " order by began_at desc, recording_sid desc limit " + where.parameter((long) query.atMost());
            return new Statement(sql, where.parameters.toArray());
        }
    }

    /** Conditions and their parameters, numbered as they come. */
    private static final class Conditions {
        private final List<String> texts = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        void add(String text, Object... values) {
            Object[] places = new Object[values.length];
            for (int i = 0; i < values.length; i++) {
                places[i] = parameter(values[i]);
            }
            texts.add(text.formatted(places));
        }

        String parameter(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }
    }
}
