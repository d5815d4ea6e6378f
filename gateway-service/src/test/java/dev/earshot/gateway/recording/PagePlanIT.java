package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.recording.PageQuery.Filter;
import dev.earshot.gateway.recording.PageQuery.State;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page of many recordings is read from its index, wherever it is. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class PagePlanIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Tenant MANY = new Tenant("page-plan");
    /** Below the statement's time-out on a busy machine. */
    private static final int AT_ONCE = 4000;

    private static final int TIMES = 5;
    /** A page, the one more that tells of the next, and what the index holds beside on its pages. */
    private static final int FEW_BUFFERS = 150;

    private static final Filter ALL =
            new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Filter FAILED = new Filter(
            Optional.empty(), Optional.of(State.FAILED), Optional.empty(), Optional.empty(), Optional.empty());

    /** One of a thousand has failed, and they lie in every order. */
    private static final String FILL = """
            insert into recording (tenant, account_sid, call_sid, recording_sid, state, reason, failed_for_good,
                claimable_at, started_at)
            select $1, 'AC' || md5('page-plan'), 'CA' || md5('c' || n), 'RE' || md5('r' || n),
                case when n % 1000 = 0 then 'FAILED' else 'REGISTERED' end, 'ENCRYPTED', true, now(),
                timestamptz '2020-01-01' + (n * 7919 % 20000) * interval '1 minute'
            from generate_series($2::int, $3::int) n""";

    @Inject
    Pool pool;

    @BeforeEach
    void fill() {
        empty();
        for (int i = 0; i < TIMES; i++) {
            run(FILL, Tuple.of(MANY.value(), i * AT_ONCE + 1, (i + 1) * AT_ONCE));
        }
        run("analyze recording", Tuple.tuple());
    }

    @AfterEach
    void empty() {
        run("delete from recording where tenant = $1", Tuple.of(MANY.value()));
    }

    @Test
    void everyPageIsReadFromItsIndex() {
        Optional<PageQuery.Position> deep = Optional.of(
                new PageQuery.Position(Instant.parse("2020-01-05T00:00:00Z"), new RecordingSid("RE" + "8".repeat(32))));

        isReadFrom("recording_pages", new PageQuery(ALL, Optional.empty(), 51));
        isReadFrom("recording_pages", new PageQuery(ALL, deep, 51));
        isReadFrom("recording_pages_by_state", new PageQuery(FAILED, Optional.empty(), 51));
        isReadFrom("recording_pages_by_state", new PageQuery(FAILED, deep, 51));
    }

    @Test
    void whatAdministratorsSeeIsCountedByAnIndex() {
        isCountedByAnIndex(PgAdministration.FAILURES, MANY.value());
        isCountedByAnIndex(PgAdministration.BYTES, MANY.value());
        isCountedByAnIndex(PgAdministration.DAYS, MANY.value(), 30);
    }

    /** Without a tenant only an index of failures alone is shorter than the table. */
    @Test
    void anOperatorsRedriveOfAllTenantsReadsTheIndexOfFailures() {
        @Nullable Object[] anything = {null, null, null, null, null, false, null};
        String plan = explain(new PgPages.Statement(
                "select id " + PgRedrive.MATCHING.formatted("cast($1 as text) is null"), anything));

        assertThat(plan).contains("recording_failures").doesNotContain("Seq Scan");
    }

    /** Which one of those that serve is the planner's choice, and depends on what else the table has. */
    private void isCountedByAnIndex(String sql, Object... parameters) {
        String plan = explain(new PgPages.Statement(sql.formatted("tenant = $1"), parameters));

        assertThat(plan)
                .containsPattern("(Index (Only )?Scan using|Bitmap Index Scan on) recording_")
                .doesNotContain("Seq Scan");
        assertThat(buffers(plan)).as(plan).isLessThan(FEW_BUFFERS);
    }

    private void isReadFrom(String index, PageQuery query) {
        PgPages.Statement statement = PgPages.Statement.of(MANY, query);
        String plan = explain(statement);

        assertThat(plan).contains("Index Scan using " + index + " ").doesNotContain("Sort", "Seq Scan");
        assertThat(buffers(plan)).as(plan).isLessThan(FEW_BUFFERS);
    }

    private String explain(PgPages.Statement statement) {
        Tuple parameters = Tuple.tuple();
        for (Object parameter : statement.parameters()) {
            parameters.addValue(parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
        }
        return StreamSupport.stream(
                        run("explain (analyze, buffers) " + statement.sql(), parameters)
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
    }

    private static int buffers(String plan) {
        int sum = 0;
        var counts = java.util.regex.Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?")
                .matcher(plan.substring(0, plan.indexOf("Planning")));
        if (counts.find()) {
            sum += counts.group(1) == null ? 0 : Integer.parseInt(counts.group(1));
            sum += counts.group(2) == null ? 0 : Integer.parseInt(counts.group(2));
        }
        return sum;
    }

    private Iterable<Row> run(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(PATIENCE);
    }
}
