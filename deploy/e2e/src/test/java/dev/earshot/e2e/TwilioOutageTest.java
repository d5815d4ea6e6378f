package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.throughout;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Logs;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 7, and what becomes of a Twilio that is away, or that refuses an account. */
@Isolated("hurts whole accounts")
@ExtendWith(Oracle.class)
class TwilioOutageTest {
    private static final int CLICKS = 10;
    /** What another account's median click may take longer than before: some 10 ms were measured, on two busy cores. */
    private static final Duration NOT_SLOWED = Duration.ofMillis(500);

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** The defaults; those that are times are a sixtieth of them, as is the hour. */
    private static final int MAX_ATTEMPTS = 10;

    private static final int COOL_DOWN_SECONDS = 15;
    private static final Duration BREAKER_OPEN = Duration.ofMillis(500);

    private final Listener acme = Listener.of("acme");
    /** A tenant without an account of its own: its calls are made in the shared one. */
    private final Listener other = Listener.of("initech");

    private boolean restarted;

    @AfterEach
    void heal() {
        Stack.running().relay("twilio", "heal");
        Simulator.account(Stack.running().accountSid("acme"), Http.JSON.createObjectNode());
        if (restarted) {
            Stack.running().service("gateway", "restart");
            Stack.running().service("fetcher", "restart");
        }
    }

    @Test
    void an_account_that_hangs_with_a_hundred_requests_waiting_slows_no_other_accounts_click() {
        anotherAccountsClickWhileOneHangs(100);
    }

    @Tag("long")
    @Test
    void an_account_that_hangs_with_a_thousand_requests_waiting_slows_no_other_accounts_click() {
        restart(gatewayWithItsOwnPauses().with("earshot.fetch.max-attempts", "10"), Start.normally());
        anotherAccountsClickWhileOneHangs(1000);
    }

    private void anotherAccountsClickWhileOneHangs(int requests) {
        List<Recorded> hung = calls("acme", requests);
        Duration before = medianClick();
        Simulator.account(
                Stack.running().accountSid("acme"),
                Http.JSON.createObjectNode().put("behaviour", "slow-first-byte").put("behaviourSeconds", 3600));
        // A database that is overrun by clicks says 503 and Retry-After; who is told to come again comes again.
        List<Integer> promised = atOnce(hung, this::clickUntilPromised);
        eventually(() -> assertThat(hung.stream()
                        .filter(one -> Simulator.downloads(one) > 0)
                        .count())
                .as("the account's places are taken")
                .isPositive());

        Duration meanwhile = medianClick();
        Simulator.account(Stack.running().accountSid("acme"), Http.JSON.createObjectNode());

        System.out.printf(
                "A click of another account: %d ms, with %d requests for a hung one %d ms%n",
                before.toMillis(), requests, meanwhile.toMillis());
        assertThat(promised).hasSize(requests);
        assertThat(meanwhile).isLessThan(before.plus(NOT_SLOWED));
    }

    /** The scale is 1 : 60. An hour is a minute, and so is every pause, time-out and cool-down a sixtieth of its default. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"cut", "stall"})
    void an_outage_of_an_hour_heals_by_itself_and_what_failed_meanwhile_is_fetched_by_the_next_click(String away) {
        restart(
                Start.normally()
                        .with("earshot.fetch.backoff.initial", "33ms")
                        .with("earshot.fetch.backoff.max", "5s")
                        .with("earshot.fetch.backoff.uncounted-max", "500ms")
                        .with("earshot.fetch.backoff.click-floor", "166ms")
                        .with("earshot.fetch.max-attempts", Integer.toString(MAX_ATTEMPTS))
                        .with("earshot.fetch.cool-down", COOL_DOWN_SECONDS + "s")
                        .with("earshot.sweeper.interval", "100ms"),
                Start.normally()
                        .with("earshot.fetch.breaker.failures", "10")
                        .with("earshot.fetch.breaker.open-for", BREAKER_OPEN.toMillis() + "ms")
                        .with("earshot.fetch.first-byte-timeout", "1s")
                        .with("earshot.fetch.queue-wait", "1s"));
        Recorded stored = Recordings.stored("acme");
        // The breaker counts different recordings: three of one account never open it and are tried to the end.
        List<Recorded> few = calls("initech", 3);
        List<Recorded> many = calls("acme", 40);
        long since = System.nanoTime();
        Stack.running().relay("twilio", away);
        atOnce(few, recorded -> other.stream(recorded.recordingSid()).statusCode());
        atOnce(many, recorded -> acme.stream(recorded.recordingSid()).statusCode());
        within(A_MINUTE, () -> assertThat(state(other, few.getFirst())).isEqualTo("failed"));
        Response refused = other.stream(few.getFirst().recordingSid());

        throughout(
                A_MINUTE.minus(since(since)),
                () -> assertThat(acme.stream(stored.recordingSid()).statusCode())
                        .isEqualTo(200));
        List<Recorded> fewFailed = failed(other, few);
        List<Recorded> manyFailed = failed(acme, many);
        Duration hour = since(since);
        Stack.running().relay("twilio", "heal");

        // What was announced of them is read, and so is what was announced of the others before.
        few.forEach(one -> eventually(() -> assertThat(countedFailures(one)).isEqualTo(MAX_ATTEMPTS)));
        long tries = many.stream().mapToLong(TwilioOutageTest::countedFailures).sum();
        System.out.printf(
                "An hour (%d s) without Twilio (%s): of few %d failed for good, of many %d, after %d tries%n",
                hour.toSeconds(), away, fewFailed.size(), manyFailed.size(), tries);
        assertThat(refused.statusCode()).as("within its cool-down").isEqualTo(503);
        assertThat(refused.path("code").toString()).isEqualTo("fetch-failed");
        assertThat(refused.path("retryable").toString()).isEqualTo("true");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, COOL_DOWN_SECONDS);
        assertThat(fewFailed).as("each was tried ten times").isEqualTo(few);
        assertThat(tries)
                .as("one try of each until the breaker opens, then one each time that it is half open")
                .isLessThanOrEqualTo(many.size() + hour.dividedBy(BREAKER_OPEN));
        assertThat(manyFailed.size()).as("ten tries make one failure").isLessThanOrEqualTo((int) tries / MAX_ATTEMPTS);
        many.stream().filter(one -> !manyFailed.contains(one)).forEach(Unasked::becomesReady);
        // Their cool-down was over within the hour.
        fewFailed.forEach(one -> isPromised(other.stream(one.recordingSid())));
        manyFailed.forEach(this::clickUntilPromised);
        Stream.concat(fewFailed.stream(), manyFailed.stream()).forEach(Unasked::becomesReady);
    }

    private static void isPromised(Response click) {
        assertThat(click.statusCode()).isEqualTo(202);
    }

    private static List<Recorded> failed(Listener listener, List<Recorded> recorded) {
        return recorded.stream()
                .filter(one -> state(listener, one).equals("failed"))
                .toList();
    }

    private static long countedFailures(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), FetchFailed.class).stream()
                .filter(FetchFailed::counted)
                .count();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Tag("long")
    @Test
    void refused_credentials_cause_no_storm_and_one_alarm_and_heal_when_somebody_mends_them() {
        int seconds = 15;
        int pauseSeconds = 5;
        restart(
                Start.normally()
                        .with("earshot.fetch.backoff.unauthorized", pauseSeconds + "s")
                        .with("earshot.fetch.max-attempts", "10"),
                Start.normally());
        List<Recorded> wanted =
                atOnce(IntStream.range(0, 50).boxed().toList(), ignored -> Simulator.call("acme", "unauthorized"));
        Logs gateway = Logs.fromNow("gateway");
        Logs fetcher = Logs.fromNow("fetcher");

        // Players poll.
        throughout(
                Duration.ofSeconds(seconds),
                () -> assertThat(atOnce(
                                wanted, one -> acme.stream(one.recordingSid()).statusCode()))
                        .containsOnly(202));
        int asked = wanted.stream().mapToInt(Simulator::downloads).sum();
        wanted.forEach(one -> Simulator.behave(one, "normal"));

        System.out.printf("50 recordings of a refused account, polled for %d s: %d requests%n", seconds, asked);
        String alarm = "refuses the credentials of account " + Stack.running().accountSid("acme");
        assertThat(asked).isBetween(wanted.size(), wanted.size() * (2 + (seconds + 10) / pauseSeconds));
        assertThat(gateway.count(alarm)).isEqualTo(1);
        assertThat(fetcher.count(alarm)).isEqualTo(1);
        wanted.forEach(Unasked::becomesReady);
    }

    @Tag("long")
    @Test
    void an_account_that_is_limited_for_ever_is_no_202_for_ever() {
        restart(
                Start.normally().with("earshot.fetch.give-up-after", "3s").with("earshot.fetch.cool-down", "2s"),
                Start.normally());
        Recorded recorded = Simulator.call("acme", "rate-limited");
        int click = acme.stream(recorded.recordingSid()).statusCode();

        eventually(() -> assertThat(state(acme, recorded)).isEqualTo("failed"));
        Response refused = acme.stream(recorded.recordingSid());
        Simulator.behave(recorded, "normal");

        assertThat(click).isEqualTo(202);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.path("code").toString()).isEqualTo("fetch-failed");
        assertThat(refused.path("reason").toString()).isEqualTo("rate-limited");
        assertThat(refused.header("Retry-After")).isNotBlank();
        eventually(() -> assertThat(Listener.sha256(acme.stream(recorded.recordingSid())))
                .isEqualTo(recorded.sha256()));
    }

    private int clickUntilPromised(Recorded recorded) {
        eventually(() ->
                assertThat(acme.stream(recorded.recordingSid()).statusCode()).isEqualTo(202));
        return 202;
    }

    private static Start gatewayWithItsOwnPauses() {
        return Start.normally()
                .with("earshot.fetch.backoff.initial", "2s")
                .with("earshot.fetch.backoff.max", "5m")
                .with("earshot.fetch.backoff.click-floor", "10s")
                .with("earshot.sweeper.interval", "1s");
    }

    private void restart(Start gateway, Start fetcher) {
        restarted = true;
        Stack.running().restart("gateway", gateway);
        Stack.running().restart("fetcher", fetcher);
    }

    private static List<Recorded> calls(String tenant, int count) {
        return atOnce(IntStream.range(0, count).boxed().toList(), ignored -> Simulator.call(tenant));
    }

    /** From a first click to the audio in hand. */
    private Duration medianClick() {
        List<Duration> took = new ArrayList<>();
        for (Recorded recorded : calls("initech", CLICKS)) {
            long asked = System.nanoTime();
            Response held = other.streamWaiting(recorded.recordingSid(), 20);
            took.add(Duration.ofNanos(System.nanoTime() - asked));
            assertThat(Listener.sha256(held)).isEqualTo(recorded.sha256());
        }
        return took.stream().sorted().toList().get(CLICKS / 2);
    }

    private static String state(Listener listener, Recorded recorded) {
        return listener.info(recorded.recordingSid()).path("state").toString();
    }

    private static <T, R> List<R> atOnce(List<T> items, java.util.function.Function<T, R> action) {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<R>> running = items.stream()
                    .map(item -> threads.submit(() -> action.apply(item)))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
