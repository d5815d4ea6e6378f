package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.LocalStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over millions of rows these go along an index, and sort nothing. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class KeepPlanIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @ParameterizedTest
    @CsvSource({
        "UNPLAYED,recording_by_last_use",
        "SINCE_CALL,recording_by_age",
    })
    void retentionAsksTheIndexForEachTenantsOldestAndForWhatIsDue(Expiring.Age age, String index) {
        String oldest =
                PgExpiring.of(age, PgExpiring.OLDEST).replace("$1", "'acme'").replace("$2", "100");
        String due = PgExpiring.of(age, PgExpiring.DUE)
                .replace("?1", "'acme'")
                .replace("?2", "1000.0")
                .replace("?3", "100");

        assertThat(plan(oldest))
                .contains(index)
                .doesNotContain("Seq Scan on recording")
                .doesNotContain("Sort");
        assertThat(plan(due))
                .contains(index)
                .doesNotContain("Seq Scan on recording")
                .doesNotContain("Sort");
    }

    @ParameterizedTest
    @CsvSource({"'',~", "acme/,acme0"})
    void rowsAreWalkedInTheOrderOfTheirIndex(String after, String before) {
        String rows = PgRowInventory.ROWS
                .replace("$1", "'" + after + "'")
                .replace("$2", "'" + before + "'")
                .replace("$3", "1000");

        assertThat(plan(rows))
                .contains("recording_by_object_prefix")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }

    /** Of the few rows that a test has a scan would be cheaper. */
    private String plan(String sql) {
        return pool.withTransaction(connection -> connection
                        .query("set local enable_seqscan = off")
                        .execute()
                        .chain(() -> connection
                                .query("set local enable_bitmapscan = off")
                                .execute())
                        .chain(() -> connection.query("explain " + sql).execute())
                        .map(rows -> {
                            List<String> lines = new ArrayList<>();
                            for (Row row : rows) {
                                lines.add(row.getString(0));
                            }
                            return String.join("\n", lines);
                        }))
                .await()
                .atMost(PATIENCE);
    }
}
