package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Balancer;
import dev.earshot.e2e.support.Deletion;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Load;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.RawListener;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Stampede;
import dev.earshot.e2e.support.Tally;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two gateways and two fetchers behind a load balancer: whichever one goes, listeners notice nothing that they cannot resume. */
@Tag("long")
@Isolated("is about a stack of its own")
class ReplicasTest {
    private static final System.Logger LOG = System.getLogger(ReplicasTest.class.getName());

    @RegisterExtension
    final Oracle oracle = new Oracle();

    @BeforeAll
    static void start() {
        Stack.startInstead("replicas", "--replicas", "2");
    }

    @AfterAll
    static void stop() {
        Stack.running().close();
    }

    @AfterEach
    void everythingRuns() {
        Mended.allServices();
    }

    @Test
    void five_hundred_clicks_at_once_are_one_fetch_and_waiters_on_both_gateways_hear_of_it() {
        Stampede stampede = Stampede.on(Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-first-byte").put("behaviourSeconds", 3)));

        assertThat(Stack.running().replicas("gateway"))
                .hasSize(2)
                .allSatisfy(gateway -> eventually(() ->
                        assertThat(Metrics.of(gateway).sum("earshot_waiters")).isPositive()));
        stampede.allHearIt();

        stampede.wasOneFetch();
    }

    @Test
    void the_work_is_shared_by_all_four() {
        List<Recorded> calls =
                Stream.generate(() -> Simulator.call("acme")).limit(30).toList();
        Listener listener = Listener.of("acme");

        calls.forEach(call -> listener.stream(call.recordingSid()));

        assertThat(calls)
                .allSatisfy(call -> assertThat(Listener.sha256(listener.streamWaiting(call.recordingSid(), 20)))
                        .isEqualTo(call.sha256()));
        assertThat(Stack.running().replicas("gateway"))
                .allSatisfy(gateway -> assertThat(Metrics.of(gateway).sum("earshot_fetch_outcomes_total"))
                        .as("outcomes taken by %s", gateway)
                        .isPositive());
        assertThat(Stack.running().replicas("fetcher"))
                .allSatisfy(fetcher -> assertThat(Metrics.of(fetcher).sum("earshot_fetch_duration_seconds_count"))
                        .as("fetches of %s", fetcher)
                        .isPositive());
    }

    /** The one that deletes is not the one that plays; the load balancer shares streams out evenly. */
    @Test
    void a_deletion_ends_the_streams_of_both_gateways() {
        Recorded recorded = Recordings.stored(Recordings.longCall("acme"));
        Listener listener = Listener.of("acme");
        List<RawListener> playing = Stream.generate(() -> RawListener.open(listener, recorded.recordingSid()))
                .limit(4)
                .toList();
        try {
            playing.forEach(each -> each.read(1000));
            assertThat(Stack.running().replicas("gateway"))
                    .allSatisfy(gateway -> assertThat(Metrics.of(gateway).sum("earshot_playback_streams_active"))
                            .as("streams of %s", gateway)
                            .isPositive());

            Deletion.of(recorded);

            // How a connection ends behind a load balancer is the load balancer's matter.
            assertThat(playing).allSatisfy(each -> {
                each.readToTheEnd();
                assertThat(each.received()).isLessThan(recorded.sizeBytes());
            });
        } finally {
            playing.forEach(RawListener::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "gateway-2", "fetcher", "fetcher-2"})
    void one_is_killed_under_load(String service) throws InterruptedException {
        Load load = Load.start();

        load.awaitWorkOf(service);
        Stack.running().service(service, "kill");
        load.awaitLossOf(service);
        load.awaitMore();
        Stack.running().service(service, "start");
        load.awaitMore();

        nothingIsLost(load.stop(), service + " was killed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "gateway-2"})
    void one_gateway_is_frozen_under_load_and_used_again_when_it_goes_on(String gateway) throws InterruptedException {
        Load load = Load.start();

        Stack.running().service(gateway, "pause");
        eventually(() -> assertThat(Balancer.uses(gateway)).isFalse());
        long given = Balancer.given(gateway);
        load.awaitMore();
        long givenMeanwhile = Balancer.given(gateway) - given;
        Stack.running().service(gateway, "continue");
        eventually(() -> assertThat(Balancer.uses(gateway)).isTrue());
        eventually(() -> assertThat(Balancer.given(gateway)).isGreaterThan(given));
        Tally tally = load.stop();

        nobodyIsLost(tally, gateway + " was frozen");
        assertThat(givenMeanwhile).as("requests to the frozen one").isZero();
    }

    @Test
    void all_four_are_restarted_one_after_the_other_under_fifty_requests_a_second() throws InterruptedException {
        Load load = Load.start(55);
        int requests = load.requests();
        long began = System.nanoTime();

        for (String service : new String[] {"gateway", "gateway-2", "fetcher", "fetcher-2"}) {
            int promised = load.promised();
            Stack.running().service(service, "restart");
            assertThat(load.promised())
                    .as("promises while %s was restarted", service)
                    .isGreaterThan(promised);
            load.awaitMore();
        }

        double perSecond = (load.requests() - requests) * 1e9 / (System.nanoTime() - began);
        nothingIsLost(load.stop(), "All were restarted under %.0f requests a second".formatted(perSecond));
        assertThat(perSecond).isGreaterThanOrEqualTo(50);
    }

    /** And nobody was told to come back later. */
    private static void nothingIsLost(Tally tally, String after) {
        nobodyIsLost(tally, after);
        assertThat(tally.refused()).as("%s", tally).isZero();
    }

    /** A frozen gateway may hold a row's lock until the database ends its transaction: an honest 503 meanwhile. */
    private static void nobodyIsLost(Tally tally, String after) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1}", after, tally);
        assertThat(tally.failed()).as("%s", tally).isEmpty();
        assertThat(tally.played()).isPositive();
    }
}
