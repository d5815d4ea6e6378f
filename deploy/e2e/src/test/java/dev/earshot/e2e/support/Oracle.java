package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Database.Row;
import dev.earshot.e2e.support.Simulator.Recorded;
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
 *
 * <p>Connections that rest are closed after up to ten seconds, which is a long wait after each test: the short run waits for
 * that only after tests tagged {@value #CONNECTIONS}, {@code ./earshot test --all} after all.
 */
public final class Oracle implements BeforeEachCallback, AfterEachCallback {
    /** The tag of tests that are about connections. */
    public static final String CONNECTIONS = "connections";

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Duration patience;
    private String begin = "";
    private Set<String> inHandAtBegin = Set.of();
    private Connections connections = Connections.unknown();

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
        inHandAtBegin =
                Database.local()
                        .rows("select recording_sid from recording where state in ('FETCHING', 'WAITING')")
                        .stream()
                        .map(row -> row.text("recording_sid"))
                        .collect(Collectors.toSet());
        connections = Connections.atBegin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            holds(Boolean.getBoolean("earshot.all") || context.getTags().contains(CONNECTIONS));
        }
    }

    /** Waits for each of the conditions and fails with the first that does not come true in time. */
    public void holds() {
        holds(true);
    }

    private void holds(boolean connectionsToo) {
        Eventually.within(patience, Oracle::everyPromiseEnded);
        Eventually.within(patience, this::everythingThatBeganEnded);
        Eventually.within(patience, Oracle::nothingIsOverdue);
        everyReadyObjectHasTheBytesOfItsSource();
        Eventually.within(patience, Events.seen()::areAllRead);
        everyRecordingHadAtMostOneEffect();
        Eventually.within(patience, Oracle::nothingUnfinishedIsLeft);
        Eventually.within(patience, Oracle::noTransactionIsLeft);
        if (connectionsToo) {
            connections.areThoseOfARestingPair(patience);
        }
        consumersConsume();
    }

    private static void everyPromiseEnded() {
        Set<String> promised = Promises.GIVEN.recordingSids();
        List<Row> rows = Database.local()
                .rows("select recording_sid, state, reason from recording where recording_sid = any(?)", (Object)
                        promised.toArray(String[]::new));
        assertThat(rows.stream().map(row -> row.text("recording_sid")))
                .as("rows of what was promised")
                .containsExactlyInAnyOrderElementsOf(promised);
        assertThat(rows.stream().filter(row -> !hasEnded(row)).map(Row::toString))
                .as("a 202 that did not end")
                .isEmpty();
    }

    /**
     * Nobody was promised what is prefetched, and the answer to a click may be lost: whatever was begun ends. What was in
     * hand before is some other test's, whose accounts may stay broken.
     */
    private void everythingThatBeganEnded() {
        assertThat(changed("state in ('FETCHING', 'WAITING') or state = 'FAILED' and reason is null").stream()
                        .filter(row -> !inHandAtBegin.contains(row.text("recording_sid"))))
                .as("what was begun and did not end")
                .isEmpty();
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

    /** Distinct contents by generation: the same twice is delivery at least once, two contents would be two effects. */
    private static Map<Integer, Set<StateChanged>> readyAnnouncements(String sid) {
        return Events.seen().of(Topics.RECORDINGS, sid, StateChanged.class).stream()
                .filter(changed -> changed.state() == StateChanged.State.READY)
                .collect(Collectors.groupingBy(StateChanged::generation, Collectors.toSet()));
    }

    private void consumersConsume() {
        Recorded fresh = Simulator.call("acme");
        Eventually.within(
                A_MINUTE,
                () -> assertThat(Listener.sha256(Listener.of("acme").streamWaiting(fresh.recordingSid(), 20)))
                        .isEqualTo(fresh.sha256()));
        Eventually.within(
                patience,
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

    private static void noTransactionIsLeft() {
        assertThat(Database.local().rows("""
            select state, query from pg_stat_activity
            where backend_type = 'client backend' and state like 'idle in transaction%'
              and state_change < now() - interval '5 seconds'
            """))
                .as("transactions that nobody ends")
                .isEmpty();
    }

    private List<Row> changed(String condition) {
        return Database.local()
                .rows(
                        "select tenant, recording_sid, state, lane, reason, generation, object_key, object_sha256"
                                + " from recording where changed_at >= ?::timestamptz and (" + condition + ")",
                        begin);
    }
}
