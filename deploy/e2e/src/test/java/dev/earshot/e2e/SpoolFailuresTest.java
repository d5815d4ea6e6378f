package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.SmallDisk;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A spool that is full or broken: that fetch ends as store-unavailable, others go on, and space heals it. */
@Isolated("breaks the fetcher's spool")
@ExtendWith(Oracle.class)
class SpoolFailuresTest {
    private static final int DISK_MEGABYTES = 10;
    private static final long BUDGET_BYTES = 8 << 20;
    /** 6 MB of mp3: one fits into the budget, two do not. */
    private static final int LARGE_SECONDS = 1500;

    private static final SmallDisk DISK = SmallDisk.ofMegabytes(DISK_MEGABYTES);
    private static final Path SPOOL = DISK.path().resolve("spool");

    private final Listener listener = Listener.of("acme");

    @BeforeAll
    static void spoolOnTheSmallDisk() {
        // The failures count; here there are more of them in a second than the stack's few attempts.
        Stack.running().restart("gateway", Start.normally().with("earshot.fetch.max-attempts", "100"));
        Stack.running()
                .restart(
                        "fetcher",
                        Start.normally()
                                .with("earshot.spool.directory", SPOOL.toString())
                                .with("earshot.spool.budget", Long.toString(BUDGET_BYTES))
                                .with("earshot.fetch.max-size", Long.toString(BUDGET_BYTES)));
    }

    @AfterAll
    static void normally() {
        Stack.running().service("gateway", "restart");
        Stack.running().service("fetcher", "restart");
        DISK.close();
    }

    @Tag("long")
    @Test
    void what_does_not_fit_into_the_budget_waits_and_smaller_recordings_go_on() {
        Recorded first =
                Simulator.record("acme", large().put("behaviour", "slow-body").put("behaviourSeconds", 4));
        listener.stream(first.recordingSid());
        eventually(() -> assertThat(Simulator.downloads(first)).isEqualTo(1));
        Recorded second = Simulator.record("acme", large());

        int click = listener.stream(second.recordingSid()).statusCode();
        eventually(() -> assertThat(failures(second))
                .first()
                .satisfies(failed -> assertThat(failed.detail()).contains("earshot.spool.budget")));
        Recorded small = Simulator.call("acme");
        String played = Listener.sha256(listener.streamWaiting(small.recordingSid(), 20));

        assertThat(click).isEqualTo(202);
        assertThat(played).isEqualTo(small.sha256());
        assertThat(failures(second))
                .allSatisfy(failed -> assertThat(failed.reason().code()).isEqualTo("store-unavailable"));
        Unasked.becomesReady(first);
        Unasked.becomesReady(second);
        assertThat(Simulator.downloads(first)).isEqualTo(1);
        assertThat(failures(first)).isEmpty();
    }

    /** One way of breaking the spool, what the operator reads then, and how it is mended. */
    record Fault(String name, String advice, Action breaks, Action mends) {
        interface Action {
            void run() throws IOException;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        Fault instead = new Fault(
                "something else in the folder's place",
                "check its mount",
                () -> {
                    Files.delete(SPOOL);
                    Files.writeString(SPOOL, "no folder");
                },
                () -> Files.delete(SPOOL));
        Path filler = DISK.path().resolve("filler");
        Fault full = new Fault(
                "a full disk",
                "disk is full",
                () -> {
                    DISK.mustBeReal();
                    Files.write(filler, new byte[(DISK_MEGABYTES - 2) << 20]);
                },
                () -> Files.delete(filler));
        Fault readOnly = new Fault("a disk that is read-only", "check its mount", DISK::readOnly, DISK::writable);
        return Stream.of(instead, full, readOnly);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("faults")
    void a_broken_spool_says_what_to_do_and_works_again_once_it_is_mended(Fault fault) throws Exception {
        Recorded recorded = Simulator.record("acme", large());
        fault.breaks().run();

        int click = listener.stream(recorded.recordingSid()).statusCode();
        eventually(() -> assertThat(failures(recorded)).hasSizeGreaterThan(1));
        String health = health();
        fault.mends().run();

        assertThat(click).isEqualTo(202);
        assertThat(health).contains("degraded").contains(fault.advice());
        assertThat(failures(recorded)).allSatisfy(failed -> {
            assertThat(failed.reason().code()).isEqualTo("store-unavailable");
            assertThat(failed.detail()).contains(fault.advice());
        });
        Unasked.becomesReady(recorded);
        assertThat(SPOOL).isEmptyDirectory();
        assertThat(health()).doesNotContain(fault.advice());
    }

    /** Tidied away by somebody who thought it a left-over: nobody notices. */
    @Tag("long")
    @Test
    void a_folder_that_vanished_is_made_again() throws Exception {
        Files.delete(SPOOL);
        Recorded recorded = Simulator.call("acme");

        String played = Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 20));

        assertThat(played).isEqualTo(recorded.sha256());
        assertThat(failures(recorded)).isEmpty();
    }

    private static ObjectNode large() {
        return Simulator.options().put("seconds", LARGE_SECONDS);
    }

    private static List<FetchFailed> failures(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), FetchFailed.class);
    }

    private static String health() {
        return Http.send(HttpRequest.newBuilder(URI.create(Stack.running().at("/fetcherManagementUrl") + "/q/health"))
                        .build())
                .body();
    }
}
