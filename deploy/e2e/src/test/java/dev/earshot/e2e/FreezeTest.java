package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static dev.earshot.e2e.support.Halts.about;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Balancer;
import dev.earshot.e2e.support.ConsumerGroups;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Deletion;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Freezes;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.OneEffect;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Player;
import dev.earshot.e2e.support.PrefixWatch;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Tally;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.StateChanged;
import dev.earshot.events.StateChanged.State;
import dev.earshot.events.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service is stopped (SIGSTOP), as a paused virtual machine is, until others have done its work; then it goes on where it
 * was and knows of nothing. Two gateways and two fetchers, so that there are others.
 */
@Tag("long")
@Isolated("is about a stack of its own")
@ExtendWith({Oracle.class, Mended.class})
class FreezeTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    /** Almost three hours of mp3, 40 MB: more than all buffers between store and listener hold. */
    private static final int LONG_CALL_SECONDS = 10_000;

    private static final int HEARD_IN_FOUR_SECONDS = 10_000_000;

    private final Listener listener = Listener.of("acme");

    /** A frozen member's partitions are given away after 3 s instead of 10 s. */
    @BeforeAll
    static void start() {
        Stack.startInstead(
                "freeze",
                "--replicas",
                "2",
                "--fetcher-set",
                "mp.messaging.incoming.fetch-requests.session.timeout.ms=3000",
                "--fetcher-set",
                "mp.messaging.incoming.fetch-requests.heartbeat.interval.ms=500",
                "--gateway-set",
                "mp.messaging.incoming.fetch-outcomes.session.timeout.ms=3000",
                "--gateway-set",
                "mp.messaging.incoming.fetch-outcomes.heartbeat.interval.ms=500");
    }

    @AfterAll
    static void stop() {
        Stack.running().close();
    }

    /** What becomes of the frozen fetcher's download. */
    enum Late {
        ENDS_WHILE_THE_OTHER_DOWNLOADS("1m"),
        ENDS_WHEN_THE_OTHER_IS_DONE("1m"),
        FAILS_WHEN_THE_OTHER_IS_DONE("2s");

        private final String idleTimeout;

        Late(String idleTimeout) {
            this.idleTimeout = idleTimeout;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fetcher_that_was_frozen_in_mid_download_until_another_had_its_request_changes_nothing(Late late) {
        Recorded recorded = slow(4);
        restart("fetcher", Start.normally().with("earshot.fetch.idle-timeout", late.idleTimeout));
        try (PrefixWatch watch = PrefixWatch.of(recorded)) {
            boolean promised = Unasked.click(listener, recorded);
            // In flight is said before Twilio has heard of it.
            eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));
            String frozen = freezeBusy("fetcher", "earshot_fetch_in_flight");
            if (late == Late.FAILS_WHEN_THE_OTHER_IS_DONE) {
                Stack.running().abandon("twilio");
            }
            eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(2));
            if (late != Late.ENDS_WHILE_THE_OTHER_DOWNLOADS) {
                Unasked.becomesReady(recorded);
            }
            Stack.running().service(frozen, "continue");

            assertThat(promised).isTrue();
            within(
                    A_MINUTE,
                    () -> assertThat(outcomes(recorded, RecordingEvent.class)).hasSizeGreaterThanOrEqualTo(2));
            everythingIsTakenIn();
            Unasked.becomesReady(recorded);
            OneEffect.of(recorded);
            assertThat(outcomes(recorded, FetchFailed.class))
                    .hasSize(late == Late.FAILS_WHEN_THE_OTHER_IS_DONE ? 1 : 0);
            assertThat(Simulator.downloads(recorded)).isEqualTo(2);
            assertThat(watch.sizes()).containsExactly(recorded.sizeBytes());
        }
    }

    @Test
    void
            a_fetcher_that_was_frozen_between_confirmation_and_announcement_leaves_it_to_one_that_does_not_download_again() {
        Recorded recorded = Simulator.call("acme");
        Freezes place = Freezes.when(
                "dev.earshot.fetcher.outcome.Announcer", "announce", "AT ENTRY", about(recorded.recordingSid()));
        place.arm("fetcher");

        boolean promised = Unasked.click(listener, recorded);
        String frozen = place.await();
        Unasked.becomesReady(recorded);
        Stack.running().service(frozen, "continue");

        assertThat(promised).isTrue();
        within(
                A_MINUTE,
                () -> assertThat(outcomes(recorded, RecordingEvent.class)).hasSizeGreaterThanOrEqualTo(2));
        everythingIsTakenIn();
        OneEffect.of(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_claim_whose_gateway_was_frozen_before_publishing_is_published_by_the_other_and_fetched_once() {
        Recorded recorded = Simulator.call("acme");
        Freezes place = Freezes.when(
                "dev.earshot.gateway.fetch.KafkaClaimPublisher", "publish", "AT ENTRY", about(recorded.recordingSid()));
        place.arm("gateway");

        CompletableFuture<HttpResponse<Void>> first = click(recorded);
        String frozen = isOut(place.await());
        boolean promised = Unasked.click(listener, recorded);
        Unasked.becomesReady(recorded);
        continues(frozen);

        assertThat(promised).isTrue();
        assertThat(first.orTimeout(30, TimeUnit.SECONDS).join().statusCode()).isIn(200, 202);
        eventually(
                () -> assertThat(Events.seen().of(Topics.FETCH_REQUESTS, recorded.recordingSid(), FetchRequested.class))
                        .hasSize(2));
        OneEffect.of(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_gateway_that_was_frozen_before_the_commit_of_ready_does_not_keep_the_row_from_the_other() {
        Recorded recorded = Simulator.call("acme");
        Freezes place = Freezes.when(
                "dev.earshot.gateway.recording.PgLifecycle", "accept", "AT EXIT", about(recorded.recordingSid()));
        place.arm("gateway");

        boolean promised = Unasked.click(listener, recorded);
        String frozen = isOut(place.await());
        Unasked.becomesReady(recorded);
        continues(frozen);

        assertThat(promised).isTrue();
        everythingIsTakenIn();
        OneEffect.of(recorded);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_gateway_that_was_frozen_before_it_announced_ready_does_not_have_the_last_word_after_a_delete() {
        Recorded recorded = Simulator.call("acme");
        Freezes place = Freezes.when(
                "dev.earshot.gateway.announce.Announcer", "announce", "AT ENTRY", about(recorded.recordingSid()));
        place.arm("gateway");

        Unasked.click(listener, recorded);
        String frozen = isOut(place.await());
        Deletion.of(recorded);
        eventually(() -> assertThat(states(recorded)).containsExactly(State.DELETED));
        continues(frozen);

        eventually(() -> assertThat(
                        Database.local().recording(recorded.recordingSid()).find("announce_due_at"))
                .isEmpty());
        everythingIsTakenIn();
        assertThat(states(recorded)).containsOnly(State.DELETED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "1s"})
    void a_listener_whose_gateway_is_frozen_in_mid_stream_hears_on_to_the_exact_bytes(String readStall) {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("seconds", LONG_CALL_SECONDS));
        restart("gateway", Start.normally().with("earshot.playback.read-stall", readStall));
        assertThat(listener.request()
                        .header("Prefer", "wait=25")
                        .head("/api/recordings/{sid}/stream", recorded.recordingSid())
                        .statusCode())
                .isEqualTo(200);
        Tally tally = new Tally();

        CompletableFuture<Void> playing = play(recorded, tally);
        String frozen = isOut(freezeBusy("gateway", "earshot_playback_streams_active"));
        boolean heardAll = playing.isDone();
        continues(frozen);
        playing.orTimeout(60, TimeUnit.SECONDS).join();

        assertThat(heardAll).as("it was over before it could stall").isFalse();
        assertThat(tally.failed()).isEmpty();
        assertThat(tally.refused()).isZero();
        assertThat(tally.played()).isEqualTo(1);
        if (readStall.equals("30s")) {
            assertThat(tally.resumed()).as("how often the connection broke").isZero();
        }
    }

    private static void restart(String service, Start start) {
        Stack.running().replicas(service).forEach(name -> Stack.running().restart(name, start));
    }

    /** Freezes whichever replica has work in hand, by one of its gauges; its name. */
    private static String freezeBusy(String service, String gauge) {
        eventually(() -> assertThat(busy(service, gauge)).isPresent());
        String name = busy(service, gauge).orElseThrow();
        Stack.running().service(name, "pause");
        return name;
    }

    private static Optional<String> busy(String service, String gauge) {
        return Stack.running().replicas(service).stream()
                .filter(name -> Metrics.of(name).sum(gauge) > 0)
                .findFirst();
    }

    /** Until the load balancer has noticed, a request may be given to the frozen one and waits there. */
    private static String isOut(String gateway) {
        eventually(() -> assertThat(Balancer.uses(gateway)).isFalse());
        return gateway;
    }

    private static void continues(String gateway) {
        Stack.running().service(gateway, "continue");
        eventually(() -> assertThat(Balancer.uses(gateway)).isTrue());
    }

    private static void everythingIsTakenIn() {
        within(A_MINUTE, () -> assertThat(ConsumerGroups.lag()).isEmpty());
    }

    private CompletableFuture<HttpResponse<Void>> click(Recorded recorded) {
        return Http.CLIENT.sendAsync(
                HttpRequest.newBuilder(URI.create(Stack.running().gatewayUrl() + "/api/recordings/"
                                + recorded.recordingSid() + "/stream"))
                        .header("Authorization", "Bearer " + listener.token())
                        .build(),
                BodyHandlers.discarding());
    }

    private static CompletableFuture<Void> play(Recorded recorded, Tally tally) {
        Player player = new Player("acme", tally);
        return CompletableFuture.runAsync(() -> {
            try {
                player.play(recorded, HEARD_IN_FOUR_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Recorded slow(int seconds) {
        return Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", seconds));
    }

    private static <E extends RecordingEvent> List<E> outcomes(Recorded recorded, Class<E> type) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), type);
    }

    private static List<State> states(Recorded recorded) {
        return Events.seen().of(Topics.RECORDINGS, recorded.recordingSid(), StateChanged.class).stream()
                .map(StateChanged::state)
                .toList();
    }
}
