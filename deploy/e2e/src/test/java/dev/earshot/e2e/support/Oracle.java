package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.earshot.e2e.support.Database.Row;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.StateChanged;
import dev.earshot.events.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What must be true within a minute after any fault is healed. As a JUnit extension it looks after each test, when the
 * test's own {@code @AfterEach} has healed what it broke; the test class has to be isolated.
 */
public final class Oracle implements BeforeEachCallback, AfterEachCallback {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    /** What the pools of one gateway may keep: reactive 20, migrations 2, LISTEN 1. */
    private static final int DATABASE_CONNECTIONS_PER_GATEWAY = 23;
    /** Kept connections of one gateway and one fetcher: a leak grows without end, a pool does not. */
    private static final int IDLE_HTTP_CONNECTIONS = 40;

    private final Duration patience;
    private String begin = "";

    public Oracle() {
        this(A_MINUTE);
    }

    /** @param patience how long each condition may take to come true */
    Oracle(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    /** From now on: what was promised and changed before is not looked at. */
    void begin() {
        Promises.GIVEN.forget();
        begin = Database.local().rows("select now()::text as now").getFirst().text("now");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            holds();
        }
    }

    /** Waits for each of the conditions and fails with the first that does not come true in time. */
    public void holds() {
        Eventually.within(patience, Oracle::everyPromiseEnded);
        Eventually.within(patience, Oracle::nothingIsOverdue);
        everyReadyObjectHasTheBytesOfItsSource();
        everyRecordingHadAtMostOneEffect();
        Eventually.within(patience, Oracle::nothingUnfinishedIsLeft);
        Eventually.within(patience, Oracle::noConnectionIsLeft);
        consumersConsume();
    }

    private static void everyPromiseEnded() {
        Set<String> promised = Promises.GIVEN.recordingSids();
        List<String> open = Database.local()
                .rows("select recording_sid, state, reason from recording where recording_sid = any(?)", (Object)
                        promised.toArray(String[]::new))
                .stream()
                .filter(row -> !hasEnded(row))
                .map(Row::toString)
                .toList();
        assertThat(open).as("a 202 that did not end").isEmpty();
    }

    private static boolean hasEnded(Row row) {
        return switch (row.text("state")) {
            case "READY", "EVICTED", "DELETED" -> true;
            case "FAILED" -> row.find("reason").isPresent();
            default -> false;
        };
    }

    private void everyReadyObjectHasTheBytesOfItsSource() {
        for (Row row : changed("state = 'READY'")) {
            String stored = Bucket.local().sha256(row.text("object_key"));
            assertThat(stored).as("row and object of %s", row).isEqualTo(row.text("object_sha256"));
            Simulator.find(row.text("recording_sid"))
                    .map(Recorded::sha256)
                    .ifPresent(source -> assertThat(stored)
                            .as("object and source of %s", row)
                            .isEqualTo(source));
        }
    }

    private void everyRecordingHadAtMostOneEffect() {
        for (Row row : changed("true")) {
            String sid = row.text("recording_sid");
            assertThat(Bucket.local().keys(row.text("tenant") + "/" + sid + "/").stream()
                            .filter(key -> key.endsWith("/audio")))
                    .as("objects of %s", row)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(readyAnnouncements(sid).entrySet())
                    .as("announcements of %s by generation", row)
                    .allSatisfy(generation -> assertThat(generation.getValue()).hasSize(1));
        }
    }

    /** Distinct ids by generation: the same event twice is delivery at least once, two ids would be two effects. */
    private static Map<Integer, Set<String>> readyAnnouncements(String sid) {
        return Events.seen().of(Topics.RECORDINGS, sid, StateChanged.class).stream()
                .filter(changed -> changed.state() == StateChanged.State.READY)
                .collect(Collectors.groupingBy(
                        StateChanged::generation, Collectors.mapping(RecordingEvent::id, Collectors.toSet())));
    }

    private void consumersConsume() {
        Recorded fresh = Simulator.call("acme");
        Eventually.within(
                A_MINUTE,
                () -> assertThat(Listener.sha256(Listener.of("acme").streamWaiting(fresh.recordingSid(), 20)))
                        .isEqualTo(fresh.sha256()));
        Eventually.within(
                A_MINUTE,
                () -> assertThat(ConsumerGroups.lag())
                        .as("uncommitted records by group and partition")
                        .isEmpty());
    }

    private static void nothingIsOverdue() {
        assertThat(Database.local().rows("""
                        select recording_sid, state, lane, wake_at, announce_due_at, purge_due_at from recording
                        where wake_at < now() - interval '15 seconds'
                           or state = 'FETCHING' and fetch_due_at is null
                           or state = 'WAITING' and fetch_due_at is null
                           or announce_due_at < now() - interval '15 seconds'
                        """)).as("rows that nobody works on").isEmpty();
    }

    private static void nothingUnfinishedIsLeft() {
        assertThat(Bucket.local().unfinishedUploads()).as("multipart uploads").isEmpty();
        assertThat(spoolFiles()).as("spool files").isEmpty();
        assertThat(Metrics.gateway().sum("earshot_playback_streams_active"))
                .as("open streams")
                .isZero();
    }

    private static List<Path> spoolFiles() {
        try (Stream<Path> homes = Files.list(Stack.home())) {
            return homes.filter(folder -> folder.getFileName().toString().startsWith("spool"))
                    .flatMap(Oracle::files)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void noConnectionIsLeft() {
        assertThat(Database.local().rows("""
                        select state, query from pg_stat_activity
                        where backend_type = 'client backend' and state like 'idle in transaction%'
                          and state_change < now() - interval '5 seconds'
                        """))
                .as("transactions that nobody ends")
                .isEmpty();
        JsonNode relays =
                Http.call("GET", Stack.running().at("/controlUrl") + "/control/relays", MissingNode.getInstance());
        for (JsonNode relay : relays.get("relays")) {
            int most = switch (relay.get("name").asText()) {
                case "postgres" ->
                    DATABASE_CONNECTIONS_PER_GATEWAY * Stack.running().gateways();
                case "s3", "twilio" -> IDLE_HTTP_CONNECTIONS * Stack.running().gateways();
                default -> Integer.MAX_VALUE;
            };
            assertThat(relay.get("connections").asInt())
                    .as("connections to %s", relay)
                    .isLessThanOrEqualTo(most);
        }
    }

    private List<Row> changed(String condition) {
        return Database.local()
                .rows(
                        "select tenant, recording_sid, state, generation, object_key, object_sha256 from recording"
                                + " where changed_at >= ?::timestamptz and " + condition,
                        begin);
    }
}
