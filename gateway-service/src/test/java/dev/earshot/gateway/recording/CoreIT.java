package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.EventCodec;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StateChanged;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.events.Topics;
import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.NoProviderProfile;
import dev.earshot.gateway.OnVertx;
import dev.earshot.gateway.edge.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The core on the real database, broker and store; the test plays listener and fetcher. */
@QuarkusTest
@TestProfile(NoProviderProfile.class)
@QuarkusTestResource(LocalStack.class)
class CoreIT {
    private static final Tenant ACME = new Tenant("acme");
    private static final AccountSid ACCOUNT = new AccountSid("AC000000000000000000000000000acc3e");
    private static final Optional<String> NO_TRACE = Optional.empty();
    /** Older than anything that another test leaves behind. */
    private static final double DAYS_399 = Duration.ofDays(399).toSeconds();

    @Inject
    PgRecordings recordings;

    @Inject
    Lifecycle lifecycle;

    @Inject
    DueStatements due;

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    S3AsyncClient s3;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @ConfigProperty(name = "earshot.store.bucket")
    String bucket;

    private TopicReader topics;
    private RecordingKey key = new RecordingKey(ACME, new RecordingSid("RE" + "0".repeat(32)));

    @BeforeEach
    void listen() {
        topics = new TopicReader();
    }

    @AfterEach
    void leave() {
        topics.close();
    }

    @BeforeEach
    void anotherRecording() {
        key = new RecordingKey(
                ACME, new RecordingSid("RE" + UUID.randomUUID().toString().replace("-", "")));
    }

    @Test
    void fiveHundredAskAtOnceAndOneRequestIsPublished() {
        register(Registration.News.NONE, false);

        List<CompletableFuture<Playability>> asked = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            asked.add(OnVertx.start(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE)));
        }

        assertThat(asked.stream().map(OnVertx::join)).allMatch(Playability.Preparing.class::isInstance);
        OnVertx.until("published", () -> column("published_at is not null"));
        assertThat(records(Topics.FETCH_REQUESTS)).hasSize(1);
    }

    @Test
    void anUnknownOrForeignRecordingIsUnknown() {
        register(Registration.News.NONE, false);

        Playability foreign = OnVertx.get(vertx, () -> recordings.ask(new Tenant("globex"), sid(), NO_TRACE));

        assertThat(foreign).isInstanceOf(Playability.Unknown.class);
    }

    @Test
    void readyIsAcceptedAnnouncedAndWakesWhoWaits() {
        register(Registration.News.NONE, false);
        FetchRequested request = askAndSeeRequest();
        CompletableFuture<Playability> waiting =
                OnVertx.start(vertx, () -> recordings.askAndWait(ACME, sid(), NO_TRACE, Duration.ofSeconds(15)));
        StoredObject object = put(request);

        send(ready(request, object));

        assertThat(OnVertx.join(waiting)).isInstanceOf(Playability.Playable.class);
        OnVertx.until("announced", () -> !records(Topics.RECORDINGS).isEmpty());
        StateChanged change = (StateChanged) records(Topics.RECORDINGS).getLast();
        assertThat(change.object()).contains(object);
        OnVertx.until("cleared", () -> column("announce_due_at is null"));
    }

    @Test
    void aWaiterIsWokenByAChangeOfAnotherConnection() {
        register(Registration.News.NONE, false);
        askAndSeeRequest();
        CompletableFuture<Playability> waiting =
                OnVertx.start(vertx, () -> recordings.askAndWait(ACME, sid(), NO_TRACE, Duration.ofSeconds(15)));

        OnVertx.get(vertx, () -> lifecycle.delete(key));

        assertThat(OnVertx.join(waiting)).isInstanceOf(Playability.Gone.class);
    }

    @Test
    void whatIsAnnouncedButCannotBeSeenIsNotReady() {
        register(Registration.News.NONE, false);
        FetchRequested request = askAndSeeRequest();

        send(ready(request, object(request)));

        OnVertx.until("mismatch", () -> column("reason = 'STORE_MISMATCH' and counted_attempts = 1"));
    }

    @Test
    void whatIsLookedForDelaysNoOtherRecordingOfTheSamePartition() {
        register(Registration.News.NONE, false);
        FetchRequested unseen = askAndSeeRequest();
        RecordingKey slow = key;
        anotherRecording();
        register(Registration.News.NONE, false);
        FetchRequested request = askAndSeeRequest();
        StoredObject object = put(request);

        send(ready(unseen, object(unseen)), 0);
        send(failed(unseen, FailureReason.ENCRYPTED, false), 0);
        send(ready(request, object), 0);

        OnVertx.until("ready", () -> column("state = 'READY'"));
        key = slow;
        assertThat(state()).isInstanceOf(RecordingState.Fetching.class);
        OnVertx.until("mismatch first", () -> column("reason = 'STORE_MISMATCH' or attempt > 1"));
        assertThat(column("state <> 'FAILED'")).isTrue();
    }

    @Test
    void aRecordWithoutAValueIsPutAsideAsItCame() {
        send(new ProducerRecord<>(Topics.FETCH_OUTCOMES, key.kafkaKey(), null));

        OnVertx.until(
                "dead letter",
                () -> raw(Topics.deadLetters(Topics.FETCH_OUTCOMES), this::isOurs).stream()
                        .anyMatch(record -> record.value() == null));
    }

    @Test
    void aFailureLeadsToTheNextAttempt() {
        register(Registration.News.NONE, false);
        FetchRequested request = askAndSeeRequest();

        send(failed(request, FailureReason.UPSTREAM_ERROR, true));

        OnVertx.until("second attempt", () -> requests().stream().anyMatch(r -> r.attempt() == 2));
        send(failed(request, FailureReason.SOURCE_DELETED, false));
        send(failed(requests().getLast(), FailureReason.ENCRYPTED, false));
        OnVertx.until("failed", () -> column("state = 'FAILED' and failed_for_good"));
        assertThat(state())
                .isInstanceOfSatisfying(
                        RecordingState.Failed.class,
                        state -> assertThat(state.reason()).isEqualTo(FailureReason.ENCRYPTED));
        assertThat(OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE)))
                .isInstanceOfSatisfying(
                        Playability.Unavailable.class,
                        refused -> assertThat(refused.retryable()).isFalse());
    }

    @Test
    void theSweeperPublishesAClaimThatNobodyPublished() {
        register(Registration.News.NONE, false);
        execute("update recording set state = 'FETCHING', attempt = 1, claimed_at = now(), fetch_due_at = now(),"
                + " last_request_expiry = now() + interval '30 min' where recording_sid = $1");

        OnVertx.until("published", () -> !records(Topics.FETCH_REQUESTS).isEmpty());

        OnVertx.until("marked", () -> column("published_at is not null"));
    }

    @Test
    void aSilentFetchIsTriedAgainWithoutBeingCounted() {
        register(Registration.News.NONE, false);
        askAndSeeRequest();
        OnVertx.until("published", () -> column("published_at is not null"));

        execute("update recording set fetch_due_at = now() where recording_sid = $1");

        OnVertx.until("second attempt", () -> requests().stream().anyMatch(r -> r.attempt() == 2));
        assertThat(column("counted_attempts = 0")).isTrue();
    }

    @Test
    void aFetchThatIsSilentForADayIsGivenUpUntilTheCoolDownIsOver() {
        register(Registration.News.NONE, false);
        askAndSeeRequest();
        OnVertx.until("published", () -> column("published_at is not null"));

        execute("update recording set fetch_due_at = now(), failing_since = now() - interval '1 day'"
                + " where recording_sid = $1");

        OnVertx.until("given up", () -> column("state = 'FAILED' and announce_due_at is null"));
        assertThat(OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE)))
                .isInstanceOfSatisfying(Playability.Unavailable.class, refused -> {
                    assertThat(refused.retryable()).isTrue();
                    assertThat(refused.reason()).isEqualTo(FailureReason.UPSTREAM_TIMEOUT);
                });
        execute("update recording set claimable_at = now() where recording_sid = $1");
        assertThat(OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE)))
                .isInstanceOf(Playability.Preparing.class);
        assertThat(column("failing_since is null")).isTrue();
    }

    @Test
    void afterADeleteALateReadyBringsNothingBack() {
        register(Registration.News.NONE, false);
        FetchRequested request = askAndSeeRequest();
        assertThat(OnVertx.get(vertx, () -> lifecycle.delete(key))).isTrue();
        StoredObject object = put(request);

        send(ready(request, object));

        OnVertx.until("object removed", () -> !exists(object.key()));
        assertThat(OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE)))
                .isInstanceOf(Playability.Gone.class);
        OnVertx.until("announced", () -> !records(Topics.RECORDINGS).isEmpty());
        assertThat(records(Topics.RECORDINGS))
                .allSatisfy(event -> assertThat(((StateChanged) event).state()).isEqualTo(StateChanged.State.DELETED));
        assertThat(column("purge_due_at > now()")).isTrue();
    }

    @Test
    void evictedAudioIsPurgedAndFetchedAnewInTheNextGeneration() {
        register(Registration.News.NONE, false);
        FetchRequested request = askAndSeeRequest();
        StoredObject object = put(request);
        send(ready(request, object));
        OnVertx.until("ready", () -> column("state = 'READY'"));

        assertThat(OnVertx.get(vertx, () -> lifecycle.evict(key, 1))).isTrue();

        OnVertx.until("purged", () -> !exists(object.key()) && column("purge_due_at is null"));
        OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE));
        OnVertx.until("next generation", () -> requests().stream().anyMatch(r -> r.generation() == 2));
        send(ready(request, object));
        assertThat(state()).isInstanceOf(RecordingState.Fetching.class);
    }

    @Test
    void aVanishedObjectBeginsTheNextGeneration() {
        register(Registration.News.NONE, false);
        FetchRequested request = askAndSeeRequest();
        send(ready(request, put(request)));
        OnVertx.until("ready", () -> column("state = 'READY'"));

        Optional<Playability> told = OnVertx.get(vertx, () -> recordings.vanished(key, 1, NO_TRACE));

        assertThat(told).containsInstanceOf(Playability.Preparing.class);
        OnVertx.until("next generation", () -> requests().stream().anyMatch(r -> r.generation() == 2));
        OnVertx.until(
                "no longer announced as ready",
                () -> records(Topics.RECORDINGS).stream()
                        .map(StateChanged.class::cast)
                        .anyMatch(change -> change.state() == StateChanged.State.EVICTED && change.generation() == 1));
    }

    @Test
    void aPrefetchRunsInBulkUntilAClickFlipsItOnce() {
        register(Registration.News.COMPLETED, true);
        OnVertx.until("bulk request", () -> !records(Topics.PREFETCH_REQUESTS).isEmpty());
        OnVertx.until("published", () -> column("published_at is not null"));

        OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE));
        OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE));

        OnVertx.until("flipped", () -> column("lane = 'INTERACTIVE' and published_at is not null"));
        assertThat(requests()).singleElement().satisfies(r -> {
            assertThat(r.attempt()).isEqualTo(1);
            assertThat(r.lane()).isEqualTo(Lane.INTERACTIVE);
        });
    }

    @Test
    void whoClicksOnWhatWaitsInBulkIsPromisedItThenAndNotWhenItWasMarked() {
        register(Registration.News.NONE, false);
        promisedThreeHoursAgo("state = 'WAITING', lane = 'BULK'");

        askForThePromise();

        assertThat(column("state = 'FETCHING' and lane = 'INTERACTIVE' and promised_at > now() - interval '1 min'"))
                .isTrue();
    }

    @Test
    void whoClicksOnWhatIsFetchedInBulkIsPromisedItThen() {
        register(Registration.News.NONE, false);
        promisedThreeHoursAgo(
                "state = 'FETCHING', lane = 'BULK', attempt = 1, claimed_at = now(), published_at = now(),"
                        + " last_request_expiry = now() + interval '30 min'");

        askForThePromise();

        assertThat(column("state = 'FETCHING' and lane = 'INTERACTIVE' and promised_at > now() - interval '1 min'"))
                .isTrue();
    }

    @Test
    void whoClicksOnWhatTwilioAskedToLeaveAloneIsPromisedItThen() {
        register(Registration.News.NONE, false);
        promisedThreeHoursAgo("state = 'WAITING', lane = 'BULK', not_before = now() + interval '1 hour'");

        askForThePromise();

        assertThat(column("state = 'WAITING' and lane = 'INTERACTIVE' and promised_at > now() - interval '1 min'"))
                .isTrue();
    }

    @Test
    void whoAsksAgainForWhatFailedInBetweenKeepsTheFirstPromise() {
        register(Registration.News.NONE, false);
        promisedThreeHoursAgo("state = 'WAITING', lane = 'INTERACTIVE'");

        askForThePromise();

        assertThat(column("state = 'FETCHING' and promised_at < now() - interval '2 hours'"))
                .isTrue();
    }

    @Test
    void whatIsNotReadyAtTwilioYetIsNoPromiseThatGrowsOldNotEvenWhileItIsAskedForAgain() {
        register(Registration.News.NONE, false);
        ages(
                "state = 'WAITING', lane = 'INTERACTIVE', reason = 'NOT_READY_YET', promised_at = now() - interval '400 days'");

        assertThat(pending().oldestPromiseSeconds()).isLessThan(DAYS_399);
        askForThePromise();
        assertThat(column("state = 'FETCHING'")).isTrue();
        assertThat(pending().oldestPromiseSeconds()).isLessThan(DAYS_399);
        execute("update recording set reason = 'UPSTREAM_ERROR' where recording_sid = $1");
        assertThat(pending().oldestPromiseSeconds()).isGreaterThan(DAYS_399);
        execute("update recording set promised_at = now() where recording_sid = $1");
    }

    @Test
    void anAnnouncementThatIsLeasedAgainAndAgainGrowsOld() {
        register(Registration.News.NONE, false);
        execute(
                "update recording set announce_due_at = now() + interval '1 hour', changed_at = now() - interval '400 days'"
                        + " where recording_sid = $1");

        assertThat(pending().oldestAnnouncementSeconds()).isGreaterThan(DAYS_399);
        execute("update recording set announce_due_at = null where recording_sid = $1");
        assertThat(pending().oldestAnnouncementSeconds()).isLessThan(DAYS_399);
    }

    @Test
    void aPurgeThatIsLeasedAgainAndAgainGrowsOld() {
        register(Registration.News.NONE, false);
        execute(
                "update recording set purge_due_at = now() + interval '1 hour', changed_at = now() - interval '400 days',"
                        + " last_request_expiry = now() where recording_sid = $1");

        assertThat(pending().oldestPurgeSeconds()).isGreaterThan(DAYS_399);
        execute("update recording set purge_due_at = null where recording_sid = $1");
        assertThat(pending().oldestPurgeSeconds()).isLessThan(DAYS_399);
    }

    @Test
    void aTombstoneIsNotLateBeforeTheLastRequestThatCouldWriteHasExpired() {
        register(Registration.News.NONE, false);
        execute("update recording set state = 'DELETED', purge_due_at = now() + interval '1 hour',"
                + " changed_at = now() - interval '800 days', last_request_expiry = now() + interval '1 hour'"
                + " where recording_sid = $1");

        assertThat(pending().oldestPurgeSeconds()).isLessThan(DAYS_399);
        execute("update recording set last_request_expiry = now() - interval '400 days' where recording_sid = $1");
        assertThat(pending().oldestPurgeSeconds()).isBetween(DAYS_399, DAYS_399 + 172_800);
        execute("update recording set purge_due_at = null where recording_sid = $1");
    }

    private DueWork.Pending pending() {
        return OnVertx.get(vertx, () -> due.pending());
    }

    /** Due only in an hour, so that no sweep comes between. */
    private void ages(String as) {
        execute("update recording set fetch_due_at = now() + interval '1 hour', " + as + " where recording_sid = $1");
    }

    private void promisedThreeHoursAgo(String as) {
        ages("promised_at = now() - interval '3 hours', " + as);
    }

    private void askForThePromise() {
        assertThat(OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE)))
                .isInstanceOf(Playability.Preparing.class);
    }

    @Test
    void anAbsentRecordingFailsForGood() {
        register(Registration.News.ABSENT, false);

        assertThat(state())
                .isInstanceOfSatisfying(
                        RecordingState.Failed.class,
                        state -> assertThat(state.isFinal()).isTrue());
    }

    @Test
    void registeringAgainChangesNothingAndAnotherCallConflicts() {
        assertThat(register(Registration.News.NONE, false)).isInstanceOf(Registration.Outcome.Created.class);
        assertThat(register(Registration.News.NONE, false)).isInstanceOf(Registration.Outcome.Known.class);
        Registration other = new Registration(
                key, ACCOUNT, new CallSid("CA" + "f".repeat(32)), Facts.NONE, Registration.News.NONE, false);

        assertThat(OnVertx.get(vertx, () -> recordings.register(other)))
                .isEqualTo(new Registration.Outcome.Conflicting("callSid"));
    }

    @Test
    void twoRegistrationsAtOnceMakeOneRow() {
        List<CompletableFuture<Registration.Outcome>> both = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            both.add(OnVertx.start(vertx, () -> recordings.register(registration(Registration.News.NONE, false))));
        }

        assertThat(both.stream().map(OnVertx::join).filter(Registration.Outcome.Created.class::isInstance))
                .hasSize(1);
    }

    @Test
    void whatCannotBeReadOrIsUnknownGoesToTheDeadLetters() {
        FetchRequested request = new FetchRequested(
                ACME,
                ACCOUNT,
                call(),
                key.recordingSid(),
                new dev.earshot.events.ObjectRef(bucket, key.objectKey(1)),
                dev.earshot.events.AudioFormat.MP3,
                1,
                1,
                1,
                Lane.INTERACTIVE,
                Instant.now(),
                Instant.now());

        send(failed(request, FailureReason.UPSTREAM_ERROR, true));

        OnVertx.until(
                "dead letter",
                () -> raw(Topics.deadLetters(Topics.FETCH_OUTCOMES), this::isOurs).stream()
                        .anyMatch(record -> new String(
                                        record.headers()
                                                .lastHeader("earshot-dead-letter-reason")
                                                .value(),
                                        StandardCharsets.UTF_8)
                                .contains("unknown")));
    }

    private boolean isOurs(ConsumerRecord<String, byte[]> record) {
        return key.kafkaKey().equals(record.key());
    }

    private Sid sid() {
        return new Sid.OfRecording(key.recordingSid());
    }

    private CallSid call() {
        return new CallSid("CA" + key.recordingSid().value().substring(2));
    }

    private Registration registration(Registration.News news, boolean prefetch) {
        return new Registration(key, ACCOUNT, call(), Facts.NONE, news, prefetch);
    }

    private Registration.Outcome register(Registration.News news, boolean prefetch) {
        return OnVertx.get(vertx, () -> recordings.register(registration(news, prefetch)));
    }

    private RecordingState state() {
        Optional<Recording> found = OnVertx.get(vertx, () -> recordings.find(ACME, sid()));
        return found.orElseThrow().state();
    }

    private FetchRequested askAndSeeRequest() {
        assertThat(OnVertx.get(vertx, () -> recordings.ask(ACME, sid(), NO_TRACE)))
                .isInstanceOf(Playability.Preparing.class);
        OnVertx.until("request", () -> !requests().isEmpty());
        return requests().getFirst();
    }

    private boolean column(String condition) {
        return OnVertx.get(
                vertx,
                () -> pool.preparedQuery("select 1 from recording where recording_sid = $1 and (" + condition + ")")
                        .execute(Tuple.of(key.recordingSid().value()))
                        .map(rows -> rows.size() == 1));
    }

    private void execute(String sql) {
        int changed = OnVertx.get(
                vertx,
                () -> pool.preparedQuery(sql)
                        .execute(Tuple.of(key.recordingSid().value()))
                        .map(rows -> rows.rowCount()));
        assertThat(changed).isEqualTo(1);
    }

    private StoredObject object(FetchRequested request) {
        return new StoredObject(bucket, request.object().key(), 5, new Sha256("a".repeat(64)), "etag", "audio/mpeg");
    }

    private StoredObject put(FetchRequested request) {
        OnVertx.join(s3.putObject(
                put -> put.bucket(bucket).key(request.object().key()), AsyncRequestBody.fromString("audio")));
        return object(request);
    }

    private boolean exists(String name) {
        return OnVertx.join(s3.listObjectsV2(list -> list.bucket(bucket).prefix(name)))
                        .keyCount()
                > 0;
    }

    private RecordingReady ready(FetchRequested r, StoredObject object) {
        return new RecordingReady(
                r.tenant(),
                r.accountSid(),
                r.callSid(),
                r.recordingSid(),
                object,
                1000,
                1,
                Optional.empty(),
                Instant.now(),
                Instant.now(),
                r.generation(),
                r.attempt());
    }

    private FetchFailed failed(FetchRequested r, FailureReason reason, boolean counted) {
        return new FetchFailed(
                r.tenant(),
                r.accountSid(),
                r.callSid(),
                r.recordingSid(),
                reason,
                counted,
                OptionalInt.empty(),
                OptionalInt.empty(),
                "a test",
                Instant.now(),
                r.generation(),
                r.attempt());
    }

    private void send(RecordingEvent event) {
        send(record(event, null));
    }

    private void send(RecordingEvent event, int partition) {
        send(record(event, partition));
    }

    private static ProducerRecord<String, byte[]> record(RecordingEvent event, @Nullable Integer partition) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.FETCH_OUTCOMES, partition, event.key().kafkaKey(), EventCodec.data(event));
        EventCodec.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            assertThat(producer.send(record)).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private List<FetchRequested> requests() {
        return records(Topics.FETCH_REQUESTS).stream()
                .map(FetchRequested.class::cast)
                .toList();
    }

    /** This recording's events on the topic, in order. */
    private List<RecordingEvent> records(String topic) {
        return raw(topic, this::isOurs).stream().map(CoreIT::read).toList();
    }

    private static RecordingEvent read(ConsumerRecord<String, byte[]> record) {
        try {
            return EventCodec.read(
                    record.key(),
                    name -> record.headers().lastHeader(name) == null
                            ? null
                            : EventCodec.text(record.headers().lastHeader(name).value()),
                    record.value());
        } catch (dev.earshot.events.UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }

    private List<ConsumerRecord<String, byte[]>> raw(String topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return topics.upToNow(topic).stream().filter(wanted).toList();
    }
}
