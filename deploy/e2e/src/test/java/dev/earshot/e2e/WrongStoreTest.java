package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Health;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Logs;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Recordings;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.Topics;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** One misconfigured replica must not undo everyone's state: only a missing key is a missing object, and not too many. */
@Tag("long")
@Isolated("restarts the gateway with a wrong configuration")
@ExtendWith(Oracle.class)
class WrongStoreTest {
    private static final int ALLOWED = 3;

    private final Listener listener = Listener.of("acme");

    @AfterEach
    void configureAsBefore() {
        Stack.running().service("gateway", "restart");
    }

    @Test
    void with_wrong_credentials_what_is_stored_is_503_and_no_row_changes() {
        Recorded stored = stored();
        String before = row(stored);

        Stack.running()
                .restart(
                        "gateway",
                        Start.normally()
                                .with("quarkus.s3.aws.credentials.type", "static")
                                .with("quarkus.s3.aws.credentials.static-provider.access-key-id", "wrong")
                                .with("quarkus.s3.aws.credentials.static-provider.secret-access-key", "wrong"));
        Logs logs = Logs.fromNow("gateway");
        Response away = listener.stream(stored.recordingSid());

        isStoreUnavailable(away);
        isTold(logs, "status 403");
        assertThat(row(stored)).isEqualTo(before);
    }

    @Test
    void without_its_bucket_what_is_stored_is_503_and_no_row_changes() throws IOException {
        Recorded stored = stored();
        String before = row(stored);
        Path bucket = Stack.home().resolve("data/s3").resolve(Bucket.local().name());
        Path elsewhere = bucket.resolveSibling("renamed-for-a-while");

        Logs logs = Logs.fromNow("gateway");

        Files.move(bucket, elsewhere);
        Response away;
        try {
            away = listener.stream(stored.recordingSid());
            isTold(logs, "404 with code NoSuchBucket");
        } finally {
            Files.move(elsewhere, bucket);
        }

        isStoreUnavailable(away);
        assertThat(row(stored)).isEqualTo(before);
        assertThat(Listener.sha256(listener.stream(stored.recordingSid()))).isEqualTo(stored.sha256());
    }

    /** A row names the bucket that its object is in, so a replica that is told of another one still plays it. */
    @Test
    void with_another_bucket_configured_what_is_stored_plays_and_no_row_changes() {
        Recorded stored = stored();
        String before = row(stored);

        Stack.running().restart("gateway", Start.normally().with("earshot.store.bucket", "somewhere-else"));
        Response played = listener.stream(stored.recordingSid());

        assertThat(Listener.sha256(played)).isEqualTo(stored.sha256());
        assertThat(row(stored)).isEqualTo(before);
    }

    /** What it asks for is refused by name, and asked for again by whoever is configured well. */
    @Test
    void with_another_bucket_configured_a_miss_is_told_and_honoured_once_it_is_configured_well() {
        Recorded wanted = Simulator.call("acme");
        double lettersBefore = deadRequests();
        Stack.running()
                .restart(
                        "gateway",
                        Start.normally()
                                .with("earshot.store.bucket", "somewhere-else")
                                .with("earshot.fetch.publish-check", "6s")
                                .with("earshot.fetch.silence-limit", "7s"));
        Logs fetcher = Logs.fromNow("fetcher");

        int click = listener.stream(wanted.recordingSid()).statusCode();
        eventually(() -> assertThat(deadRequests()).isEqualTo(lettersBefore + 1));
        long told = fetcher.count("the request is for another bucket than earshot.store.bucket");
        eventually(() -> assertThat(Health.of("gateway").degraded()).containsExactly("store"));
        Stack.running().service("gateway", "restart");

        assertThat(click).isEqualTo(202);
        assertThat(told).isEqualTo(1);
        Unasked.becomesReady(wanted);
        assertThat(Simulator.downloads(wanted)).isEqualTo(1);
    }

    @Test
    void when_many_objects_are_missing_a_few_are_fetched_anew_and_then_nothing_changes_any_more() {
        Map<Recorded, byte[]> audio = new LinkedHashMap<>();
        for (int i = 0; i < 2 * ALLOWED; i++) {
            Recorded stored = stored();
            audio.put(stored, Bucket.local().read(key(stored)));
        }
        Stack.running()
                .restart(
                        "gateway",
                        Start.normally().with("earshot.store.vanished-per-minute", Integer.toString(ALLOWED)));
        Logs logs = Logs.fromNow("gateway");
        audio.keySet().forEach(stored -> Bucket.local().delete(key(stored)));

        List<Integer> statuses = Stream.concat(audio.keySet().stream(), audio.keySet().stream())
                .map(stored -> listener.stream(stored.recordingSid()).statusCode())
                .toList();
        double open = Metrics.gateway().sum("earshot_store_vanished_breaker_open");
        List<Recorded> refused = audio.keySet().stream().skip(ALLOWED).toList();
        audio.entrySet().stream()
                .skip(ALLOWED)
                .forEach(stored -> Bucket.local().write(key(stored.getKey()), stored.getValue()));

        assertThat(statuses.subList(0, ALLOWED)).containsOnly(202);
        assertThat(statuses.subList(ALLOWED, 2 * ALLOWED)).containsOnly(503);
        assertThat(statuses.subList(3 * ALLOWED, 4 * ALLOWED)).containsOnly(503);
        assertThat(open).isEqualTo(1);
        assertThat(logs.count("stored objects were found missing")).isEqualTo(1);
        for (Recorded stored : refused) {
            assertThat(Listener.sha256(listener.stream(stored.recordingSid()))).isEqualTo(stored.sha256());
            assertThat(Database.local().recording(stored.recordingSid()).number("generation"))
                    .isEqualTo(1);
        }
        for (Recorded missing : audio.keySet().stream().limit(ALLOWED).toList()) {
            eventually(() -> assertThat(Listener.sha256(listener.stream(missing.recordingSid())))
                    .isEqualTo(missing.sha256()));
            assertThat(Database.local().recording(missing.recordingSid()).number("generation"))
                    .isEqualTo(2);
        }
    }

    private Recorded stored() {
        Recorded stored = Recordings.stored("acme");
        eventually(() -> assertThat(
                        Database.local().recording(stored.recordingSid()).find("announce_due_at"))
                .as("announced")
                .isEmpty());
        return stored;
    }

    /** So that whoever looks after the replica sees what is wrong with it. */
    private static void isTold(Logs gateway, String why) {
        assertThat(gateway.count("The store did not give an object: " + why)).isEqualTo(1);
        eventually(() -> assertThat(Health.of("gateway").degraded()).containsExactly("store"));
    }

    private static double deadRequests() {
        return Metrics.fetcher().sum("earshot_dead_letters_total", "topic=\"" + Topics.FETCH_REQUESTS + '"');
    }

    private static void isStoreUnavailable(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.path("code").toString()).isEqualTo("store-unavailable");
        assertThat(answer.header("Retry-After")).isNotBlank();
    }

    private static String row(Recorded recorded) {
        return Database.local().recording(recorded.recordingSid()).toString();
    }

    private static String key(Recorded recorded) {
        return "acme/" + recorded.recordingSid() + "/1/audio";
    }
}
