package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Database.Row;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** A tenant that prefetches very many recordings takes nothing from those who click. */
@Isolated("measures how long a click takes")
@Tag("long")
class BulkTest {
    private static final int RECORDINGS = Integer.getInteger("earshot.bulk", 10_000);
    private static final int WEBHOOKS_AT_ONCE = 16;
    private static final int CLICKS_BEFORE = 60;
    private static final Duration ALL_READY = Duration.ofMinutes(15);

    /**
     * The bulk keeps both cores busy, with all servers and the simulator on them too: each step of a click, which found a core
     * at once before, shares it with up to 20 bulk fetches. Two to three times as long was measured.
     */
    private static final int BUSY_CORES = 4;

    /** What comes on top of it, whatever the click took before: a sweep and a collection of garbage in its way. */
    private static final Duration NOT_SLOWED = Duration.ofMillis(250);

    /** A single click has no percentile. Behind the thousands that wait it would take a minute. */
    private static final Duration ONE_OF_THE_BULK = Duration.ofSeconds(3);

    @RegisterExtension
    final Oracle oracle = new Oracle();

    private final Listener writer = Listener.with(Stack.running().token("globex", "recordings:write"));
    private final Listener acme = Listener.of("acme");
    private final Listener globex = Listener.of("globex");

    @Test
    void clicks_are_served_while_ten_thousand_are_prefetched_and_all_of_them_become_ready() throws Exception {
        // Services that have just started are slow at everything.
        IntStream.range(0, CLICKS_BEFORE).forEach(i -> new Times().click(i));
        Times before = new Times();
        IntStream.range(0, CLICKS_BEFORE).forEach(i -> before.click(i));
        long began = System.nanoTime();

        List<Recorded> bulk = recorded();
        Duration told = Duration.ofNanos(System.nanoTime() - began);
        int waiting = inState(bulk, "WAITING");
        Duration inside = clickOn(bulk.getLast());
        Times during = new Times();
        for (int i = 0; inState(bulk, "READY") < RECORDINGS && between(began).compareTo(ALL_READY) < 0; i++) {
            during.click(i);
        }
        Duration all = between(began);
        Recorded unclicked = bulk.get(RECORDINGS / 2);
        String played = Listener.sha256(globex.stream(unclicked.recordingSid()));

        System.out.printf(
                "bulk: %d told in %d ms (%d then waiting), all ready after %d s, %.1f a second%n",
                RECORDINGS, told.toMillis(), waiting, all.toSeconds(), RECORDINGS * 1000.0 / all.toMillis());
        System.out.printf("clicks before: %s; during: %s; inside the bulk: %d ms%n", before, during, inside.toMillis());
        assertThat(notReady(bulk)).as("recordings that are not ready").isEmpty();
        assertThat(waiting).as("waiting when the click inside came").isGreaterThan(RECORDINGS / 20);
        assertThat(during.percentile(50)).as("median").isLessThan(notSlowed(before.percentile(50)));
        assertThat(during.percentile(95)).as("95 of 100").isLessThan(notSlowed(before.percentile(95)));
        assertThat(inside).isLessThan(ONE_OF_THE_BULK);
        assertThat(played).isEqualTo(unclicked.sha256());
        assertThat(Simulator.downloads(unclicked)).isEqualTo(1);
        eventually(Events.seen()::areAllRead);
        assertThat(Events.seen().on(Topics.FETCH_REQUESTS, unclicked.recordingSid()))
                .as("requests that only a click makes")
                .isEmpty();
    }

    private static Duration notSlowed(Duration before) {
        return before.multipliedBy(BUSY_CORES).plus(NOT_SLOWED);
    }

    /** Short calls of the tenant that prefetches, their webhooks sent. */
    private static List<Recorded> recorded() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(WEBHOOKS_AT_ONCE)) {
            List<Future<Recorded>> made = IntStream.range(0, RECORDINGS)
                    .mapToObj(i -> executor.submit(
                            () -> Simulator.record("globex", Simulator.options().put("seconds", 1))))
                    .toList();
            List<Recorded> recorded = new ArrayList<>();
            for (Future<Recorded> one : made) {
                recorded.add(one.get());
                assertThat(recorded.getLast().json().get("webhookStatus").asInt())
                        .isEqualTo(204);
            }
            return recorded;
        }
    }

    private static int inState(List<Recorded> bulk, String state) {
        return (int) Database.local()
                .rows(
                        "select count(*) as n from recording where state = ? and recording_sid = any(?)",
                        state,
                        sids(bulk))
                .getFirst()
                .number("n");
    }

    private static List<Row> notReady(List<Recorded> bulk) {
        return Database.local()
                .rows(
                        "select sid, state, reason from unnest(?::text[]) sid "
                                + "left join recording on recording_sid = sid where state is distinct from 'READY'",
                        (Object) sids(bulk));
    }

    private static String[] sids(List<Recorded> bulk) {
        return bulk.stream().map(Recorded::recordingSid).toArray(String[]::new);
    }

    private static Duration between(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Duration clickOn(Recorded recorded) {
        long began = System.nanoTime();
        Listener listener = recorded.tenant().equals("acme") ? acme : globex;
        assertThat(Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 25)))
                .isEqualTo(recorded.sha256());
        return between(began);
    }

    /** How long clicks took. */
    private final class Times {
        private final List<Duration> took = new ArrayList<>();

        /** On a fresh recording, of another account than the bulk's and of the very same in turn. */
        void click(int number) {
            took.add(clickOn(number % 2 == 0 ? Simulator.call("acme") : registered()));
        }

        /** Of the tenant that prefetches, but told without a webhook: nobody fetches it before the click. */
        private Recorded registered() {
            Recorded recorded = Simulator.record(
                    "globex", Simulator.options().put("seconds", 1).put("webhook", false));
            writer.request()
                    .contentType("application/json")
                    .body(Http.JSON
                            .createObjectNode()
                            .put("callSid", recorded.callSid())
                            .put("accountSid", recorded.accountSid())
                            .toString())
                    .put("/api/recordings/{sid}", recorded.recordingSid())
                    .then()
                    .statusCode(201);
            return recorded;
        }

        Duration percentile(int percent) {
            List<Duration> sorted = took.stream().sorted().toList();
            return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
        }

        @Override
        public String toString() {
            return IntStream.of(50, 95, 100)
                    .mapToObj(
                            percent -> "p" + percent + " " + percentile(percent).toMillis() + " ms")
                    .collect(Collectors.joining(", ", took.size() + " clicks, ", ""));
        }
    }
}
