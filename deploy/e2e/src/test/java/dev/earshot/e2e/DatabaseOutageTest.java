package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.throughout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Health;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Timed;
import dev.earshot.e2e.support.Unasked;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database's absence does: 503 for a while, and nothing that anybody would have to mend. */
@Isolated("cuts connections for everybody")
@ExtendWith(Oracle.class)
class DatabaseOutageTest {
    /** earshot.database.timeout is 3 s; the rest is a busy machine's. */
    private static final Duration IN_TIME = Duration.ofSeconds(5);
    /** A waiter hears of ready within this, whatever has become of the notifications. */
    private static final Duration WITHIN_MOMENTS = Duration.ofSeconds(2);

    /** quarkus.datasource.reactive.max-size, and the connection that listens. */
    private static final int POOL = 21;

    private final Listener listener = Listener.of("acme");
    private boolean stopped;

    @AfterEach
    void heal() {
        if (stopped) {
            Stack.running().postgres("start");
        }
        Stack.running().relay("postgres", "heal");
        eventually(() ->
                assertThat(listener.info("RE" + "0".repeat(32)).statusCode()).isEqualTo(404));
    }

    @Test
    void a_database_that_loses_its_power_is_503_until_it_is_back_and_no_promise_is_lost() {
        Recorded stored = Recordings.stored("acme");
        Recorded fetching = Recordings.beingFetched("acme", 2);

        stop("kill");
        isAwayInTime(stored);
        start();

        isBack(stored);
        Unasked.becomesReady(fetching);
        assertThat(Simulator.downloads(fetching)).isEqualTo(1);
    }

    @Test
    void without_the_database_every_answer_is_503_with_retry_after_and_no_pod_leaves_the_rotation() {
        Recorded stored = Recordings.stored("acme");

        Stack.running().relay("postgres", "cut");
        isAwayInTime(stored);
        Stack.running().relay("postgres", "heal");

        isBack(stored);
    }

    @Tag("long")
    @Test
    void a_database_that_hangs_is_503_within_the_time_out_and_recovers() {
        Recorded stored = Recordings.stored("acme");

        Stack.running().relay("postgres", "stall");
        isAwayInTime(stored);
        throughout(
                Duration.ofSeconds(15),
                () -> assertThat(listener.stream(stored.recordingSid()).statusCode())
                        .isEqualTo(503));
        Stack.running().relay("postgres", "heal");

        isBack(stored);
    }

    @Tag("long")
    @Test
    void connections_that_die_without_a_word_are_replaced() {
        Recorded stored = Recordings.stored("acme");
        useTheWholePool();

        Stack.running().abandon("postgres");
        Response first = listener.stream(stored.recordingSid());

        assertThat(first.statusCode()).isIn(200, 503);
        isBack(stored);
        throughout(
                Duration.ofSeconds(10),
                () -> assertThat(listener.stream(stored.recordingSid()).statusCode())
                        .isEqualTo(200));
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"stop", "kill"})
    void a_database_that_is_down_for_half_a_minute_is_503_throughout_and_back_without_a_restart(String how) {
        Recorded stored = Recordings.stored("acme");
        Recorded fetching = Recordings.beingFetched("acme", 5);

        stop(how);
        throughout(Duration.ofSeconds(30), () -> isAwayInTime(stored));
        start();

        isBack(stored);
        Unasked.becomesReady(fetching);
        assertThat(Simulator.downloads(fetching)).isEqualTo(1);
    }

    @Tag("long")
    @Test
    void a_database_that_is_restarted_again_and_again_is_found_again() {
        Recorded stored = Recordings.stored("acme");

        for (int i = 0; i < 3; i++) {
            Stack.running().postgres("restart");
            isBack(stored);
        }

        assertThat(Health.of("gateway").status("ready")).isEqualTo(200);
    }

    @Test
    void who_waits_hears_of_ready_within_moments_while_the_notifications_are_lost_without_a_word() {
        // Each becomes ready at another moment of the time in which the gateway does not know that it is deaf.
        List<Recorded> wanted = Stream.of(1, 2, 3, 4)
                .map(seconds -> Simulator.record(
                        "acme",
                        Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", seconds)))
                .toList();
        List<CompletableFuture<Instant>> heard = wanted.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> waitFor(one), DatabaseOutageTest::aside))
                .toList();
        eventually(() ->
                assertThat(wanted.stream().mapToInt(Simulator::downloads).sum()).isEqualTo(wanted.size()));

        Stack.running().abandon("postgres", portOfTheNotifications());

        for (int i = 0; i < wanted.size(); i++) {
            Instant told = heard.get(i).join();
            Duration deaf = Duration.between(readyAt(wanted.get(i)), told);
            System.out.printf("Heard of ready after %d ms, without notifications%n", deaf.toMillis());
            assertThat(deaf).isLessThan(WITHIN_MOMENTS);
        }
    }

    private Instant waitFor(Recorded recorded) {
        Response held = listener.streamWaiting(recorded.recordingSid(), 20);
        Instant told = Instant.now();
        assertThat(Listener.sha256(held)).isEqualTo(recorded.sha256());
        return told;
    }

    private static void aside(Runnable work) {
        Thread.ofVirtual().start(work);
    }

    /** By the database's clock, which here is ours. */
    private static Instant readyAt(Recorded recorded) {
        return Instant.ofEpochMilli(Database.local()
                .rows(
                        "select cast(extract(epoch from changed_at) * 1000 as bigint) as millis from recording"
                                + " where state = 'READY' and recording_sid = ?",
                        recorded.recordingSid())
                .getFirst()
                .number("millis"));
    }

    /** A database that takes its time has many connections in use at once. */
    private void useTheWholePool() {
        Stack.running().relay("postgres", "delay?millis=50");
        List<CompletableFuture<Integer>> asked = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> listener.info("RE%032x".formatted(i)).statusCode(), DatabaseOutageTest::aside))
                .toList();
        assertThat(asked.stream().map(CompletableFuture::join)).containsOnly(404);
        Stack.running().relay("postgres", "delay?millis=0");
        assertThat(Database.local()
                        .rows("select pid from pg_stat_activity where backend_type = 'client backend' and client_port"
                                + " is not null and pid <> pg_backend_pid()"))
                .hasSizeGreaterThanOrEqualTo(POOL);
    }

    private void stop(String how) {
        stopped = true;
        Stack.running().postgres(how);
    }

    private void start() {
        Stack.running().postgres("start");
        stopped = false;
    }

    private void isAwayInTime(Recorded stored) {
        Timed<Response> asked = Timed.of(() -> listener.stream(stored.recordingSid()));
        Response away = asked.answer();

        assertThat(asked.took()).isLessThan(IN_TIME);
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.path("code").toString()).isEqualTo("database-unavailable");
        assertThat(away.header("Retry-After")).isNotBlank();
        for (String service : new String[] {"gateway", "fetcher"}) {
            assertThat(Health.of(service).status("ready")).isEqualTo(200);
            assertThat(Health.of(service).status("live")).isEqualTo(200);
        }
        eventually(() -> assertThat(Health.of("gateway").degraded()).contains("database"));
    }

    private void isBack(Recorded stored) {
        eventually(() -> assertThat(Listener.sha256(listener.stream(stored.recordingSid())))
                .isEqualTo(stored.sha256()));
        eventually(() -> assertThat(Health.of("gateway").degraded()).isEmpty());
    }

    /** The heart-beat is the listening connection's own. */
    private static int portOfTheNotifications() {
        return (int) Database.local()
                .rows("select client_port from pg_stat_activity where query ilike 'notify earshot_heartbeat%'")
                .getFirst()
                .number("client_port");
    }
}
