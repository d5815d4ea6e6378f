package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Admin;
import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Halts;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.events.DeadLetter;
import dev.earshot.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is missed while Twilio sends no webhooks: lists find every recording. */
@Isolated("switches webhooks off for everybody")
@ExtendWith({Oracle.class, Mended.class})
class MissedTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Listener listener = Listener.of("acme");
    private boolean otherFetcher;

    @BeforeEach
    void webhooksAreLost() {
        Simulator.webhooks(false);
        for (String tenant : List.of("acme", "globex", "shared")) {
            // What other tests recorded is none of ours.
            Bucket.local().write(mark(tenant), seenUntil(Instant.now().minusSeconds(30)));
        }
    }

    @AfterEach
    void asBefore() {
        Simulator.webhooks(true);
        for (String tenant : List.of("acme", "globex", "shared")) {
            Simulator.account(Stack.running().accountSid(tenant), Http.JSON.createObjectNode());
            Bucket.local().delete(mark(tenant));
        }
        if (otherFetcher) {
            Stack.running().restart("fetcher", Start.normally());
        }
    }

    private void fetcher(Start start) {
        otherFetcher = true;
        Stack.running().restart("fetcher", start);
    }

    @Test
    void with_webhooks_off_for_a_while_every_recording_is_known_and_playable_afterwards() {
        List<Recorded> recorded = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            recorded.add(Simulator.call("acme"));
        }
        Recorded prefetched = Simulator.call("globex");
        Recorded nobodys = Simulator.call("a-tenant-of-the-shared-account");
        Recorded absent = Simulator.call("acme", "absent");
        Recorded late = Simulator.record("acme", Simulator.options().put("processingSeconds", 12));

        fetcher(listing());

        within(
                A_MINUTE,
                () -> assertThat(recorded)
                        .allSatisfy(each -> assertThat(state(each)).isEqualTo("registered")));
        assertThat(recorded).allSatisfy(MissedTest::isPlayable);
        Listener globex = Listener.of("globex");
        within(
                A_MINUTE,
                () -> assertThat(globex.info(prefetched.recordingSid())
                                .path("state")
                                .toString())
                        .isEqualTo("ready"));
        within(
                A_MINUTE,
                () -> assertThat(listener.stream(absent.recordingSid())
                                .path("code")
                                .toString())
                        .isEqualTo("recording-absent"));
        within(
                A_MINUTE,
                () -> assertThat(Metrics.gateway().sum("earshot_discovered_total", "outcome=\"unassigned\""))
                        .isPositive());
        assertThat(Database.local().rows("select 1 from recording where recording_sid = ?", nobodys.recordingSid()))
                .isEmpty();
        within(A_MINUTE, () -> assertThat(state(late)).isEqualTo("registered"));
        isPlayable(late);
        aBadRecordDelaysNobody();
    }

    @Tag("long")
    @Test
    void a_backfill_finds_what_is_older_than_any_list_looks_and_tells_how_far_it_is() throws Exception {
        Instant longAgo = Instant.now().minus(Duration.ofDays(3));
        List<Recorded> recorded = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            recorded.add(Simulator.record(
                    "acme",
                    Simulator.options().put("startedAt", longAgo.plusSeconds(i).toString())));
        }
        Recorded outside = Simulator.record(
                "acme",
                Simulator.options().put("startedAt", longAgo.minusSeconds(60).toString()));

        Admin admin = Admin.run(
                "backfill",
                "--account",
                Stack.running().accountSid("acme"),
                "--from",
                longAgo.toString(),
                "--to",
                longAgo.plusSeconds(5).toString());

        assertThat(admin.said()).contains("Done: ").contains("5 recordings seen, 5 newly registered");
        assertThat(admin.exitCode()).isZero();
        assertThat(recorded).allSatisfy(MissedTest::isPlayable);
        assertThat(listener.info(outside.recordingSid()).statusCode()).isEqualTo(404);
    }

    @Tag("long")
    @Test
    void a_backfill_that_twilio_refuses_fails_with_the_reason() throws Exception {
        Simulator.account(
                Stack.running().accountSid("acme"), Http.JSON.createObjectNode().put("behaviour", "unauthorized"));

        Admin admin = Admin.run("backfill", "--account", Stack.running().accountSid("acme"), "--from", "2026-01-01");

        assertThat(admin.said()).contains("Twilio answered 401");
        assertThat(admin.exitCode()).isEqualTo(1);
    }

    /** Where it dies: a page is listed and not told; told and not marked; marked. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.earshot.fetcher.outcome.ListingAnnouncer seen ENTRY",
                "dev.earshot.fetcher.store.S3Marks write ENTRY",
                "dev.earshot.fetcher.listing.ListingMetrics page ENTRY"
            })
    void a_fetcher_that_dies_in_the_middle_of_a_list_goes_on_with_it_in_its_next_life(String place) {
        List<Recorded> recorded = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            recorded.add(Simulator.call("acme"));
        }
        String[] where = place.split(" ", -1);
        // Not before the stack has seen it ready.
        fetcher(with(Halts.when(where[0], where[1], "AT " + where[2], "true")).with("earshot.listing.every", "5s"));

        Stack.running().awaitEnd("fetcher");
        Stack.running().start("fetcher", listing());

        within(
                A_MINUTE,
                () -> assertThat(recorded)
                        .allSatisfy(each -> assertThat(state(each)).isEqualTo("registered")));
        assertThat(recorded).allSatisfy(MissedTest::isPlayable);
    }

    @Tag("long")
    @Test
    void a_fetcher_that_dies_in_the_middle_of_a_backfill_ends_it_in_its_next_life() throws Exception {
        List<Recorded> recorded = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            recorded.add(Simulator.call("acme"));
        }
        fetcher(Halts.when("dev.earshot.fetcher.outcome.ListingAnnouncer", "progress", "AT ENTRY", "true"));
        Admin.Running admin = Admin.start(
                "backfill",
                "--account",
                Stack.running().accountSid("acme"),
                "--from",
                Instant.now().minusSeconds(30).toString());

        Stack.running().awaitEnd("fetcher");
        Stack.running().start("fetcher", Start.normally());

        assertThat(admin.end().exitCode()).isZero();
        assertThat(recorded).allSatisfy(MissedTest::isPlayable);
    }

    @Tag("long")
    @Test
    void an_account_that_is_over_its_limit_is_left_alone_and_listed_afterwards() {
        Recorded recorded = Simulator.call("acme");
        String account = Stack.running().accountSid("acme");
        Simulator.account(account, Http.JSON.createObjectNode().put("behaviour", "rate-limited"));
        fetcher(listing());
        within(A_MINUTE, () -> assertThat(failures(account)).isGreaterThanOrEqualTo(2));
        assertThat(state(recorded)).isEqualTo("404");

        Simulator.account(account, Http.JSON.createObjectNode());

        within(A_MINUTE, () -> assertThat(state(recorded)).isEqualTo("registered"));
        isPlayable(recorded);
        assertThat(failures(account)).isLessThan(10);
    }

    private static double failures(String account) {
        return Metrics.fetcher().sum("earshot_listing_failures_total", account);
    }

    /** Seconds instead of minutes. */
    private static Start listing() {
        return with(Start.normally());
    }

    private static Start with(Start start) {
        return start.with("earshot.listing.every", "1s")
                // The simulator shows a recording when it has ended, and dates it when it began.
                .with("earshot.listing.overlap", "15s")
                .with("earshot.listing.backoff-initial", "2s")
                .with("earshot.listing.backoff-max", "10s");
    }

    private void aBadRecordDelaysNobody() {
        String mark = UUID.randomUUID().toString();
        ProducerRecord<String, byte[]> bad =
                new ProducerRecord<>(Topics.RECORDINGS_SEEN, mark, "no event".getBytes(StandardCharsets.UTF_8));
        Events.publish(bad);
        Recorded next = Simulator.call("acme");
        within(A_MINUTE, () -> assertThat(state(next)).isEqualTo("registered"));
        eventually(() -> assertThat(Events.seen()
                        .on(Topics.deadLetters(Topics.RECORDINGS_SEEN))
                        .filter(letter -> mark.equals(letter.key())))
                .hasSize(1)
                .allSatisfy(letter ->
                        assertThat(Events.header(letter, DeadLetter.REASON)).isEqualTo("ce_specversion is not 1.0")));
    }

    private String state(Recorded recorded) {
        var answer = listener.info(recorded.recordingSid());
        return answer.statusCode() == 200 ? answer.path("state").toString() : "" + answer.statusCode();
    }

    private static void isPlayable(Recorded recorded) {
        assertThat(Listener.sha256(Listener.of(recorded.tenant()).streamWaiting(recorded.recordingSid(), 20)))
                .isEqualTo(recorded.sha256());
    }

    private static String mark(String tenant) {
        return "_listing/" + Stack.running().accountSid(tenant);
    }

    private static byte[] seenUntil(Instant time) {
        return ("{\"seenUntil\":\"" + time + "\",\"listedAt\":\"1970-01-01T00:00:00Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
