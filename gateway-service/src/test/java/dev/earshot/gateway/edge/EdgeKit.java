package dev.earshot.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.lessThan;

import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.RecordingState;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What the edge's tests need: tokens, objects in the store, rows. */
@ApplicationScoped
public class EdgeKit {
    private static final String ACME = "AC000000000000000000000000000acc3e";
    private static final String GLOBEX = "AC00000000000000000000000000910be8";
    private static final Instant READY_AT = Instant.parse("2026-03-04T05:06:07Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final S3AsyncClient s3;
    private final Pool pool;
    private final String bucket;
    private final String control;

    EdgeKit(
            S3AsyncClient s3,
            Pool pool,
            @ConfigProperty(name = "earshot.store.bucket") String bucket,
            @ConfigProperty(name = "earshot.test.control") String control) {
        this.s3 = s3;
        this.pool = pool;
        this.bucket = bucket;
        this.control = control;
    }

    /** One recording that is ready, with its bytes. */
    public record Stored(RecordingKey key, CallSid call, byte[] bytes, StoredObject object) {
        /** The recording's SID as text. */
        public String sid() {
            return key.recordingSid().value();
        }
    }

    /** A request with a token of the tenant. */
    public RequestSpecification as(String tenant, String... roles) {
        return given().urlEncodingEnabled(false)
                .auth()
                .oauth2(token(Map.of("tenant", tenant, "roles", List.of(roles))));
    }

    /** A token with exactly these fields. */
    public String token(Map<String, Object> fields) {
        return given().baseUri(control)
                .contentType("application/json")
                .body(fields)
                .post("/control/tokens")
                .then()
                .statusCode(lessThan(300))
                .extract()
                .path("token");
    }

    /** Puts random bytes and a ready row. */
    public Stored ready(String tenant, int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        RecordingKey key = new RecordingKey(new Tenant(tenant), recordingSid());
        String etag = s3.putObject(
                        put -> put.bucket(bucket).key(key.objectKey(1)).contentType("audio/mpeg"),
                        AsyncRequestBody.fromBytes(bytes))
                .join()
                .eTag()
                .replace("\"", "");
        StoredObject object = new StoredObject(bucket, key.objectKey(1), size, sha256(bytes), etag, "audio/mpeg");
        return ready(key, bytes, object);
    }

    /** A ready row for an object that may or may not be there. */
    public Stored ready(RecordingKey key, byte[] bytes, StoredObject object) {
        CallSid call = put(key, new RecordingState.Ready(object, 1000, 1, READY_AT));
        return new Stored(key, call, bytes, object);
    }

    /** A row in any state. */
    public RecordingKey row(String tenant, RecordingState state) {
        RecordingKey key = new RecordingKey(new Tenant(tenant), recordingSid());
        put(key, state);
        return key;
    }

    /** A row that was registered too long ago to be fetched. */
    public RecordingKey expired(String tenant) {
        RecordingKey key = row(tenant, new RecordingState.Registered());
        set(key, "started_at", "now() - interval '1 year'");
        return key;
    }

    /** Makes a ready recording one that is being fetched; its object stays where it is. */
    public void fetching(Stored stored) {
        set(
                stored.key(),
                "(state, lane, promised_at, claimed_at, published_at)",
                "('FETCHING', 'INTERACTIVE', now(), now(), now())");
    }

    /** Makes it ready again. */
    public void arrived(Stored stored) {
        set(stored.key(), "state", "'READY'");
    }

    /** Tells when the call began. */
    public void began(RecordingKey key, Instant at) {
        set(key, "started_at", "'" + at + "'");
    }

    /** Whether something of it is still to be deleted. */
    public boolean isPurgePending(RecordingKey key) {
        return pool.preparedQuery("select 1 from recording where tenant = $1 and recording_sid = $2"
                                + " and purge_due_at is not null")
                        .execute(Tuple.of(
                                key.tenant().value(), key.recordingSid().value()))
                        .await()
                        .atMost(PATIENCE)
                        .size()
                > 0;
    }

    /** Makes the row what a fetch would make of it: the state, and no work that is due. */
    private CallSid put(RecordingKey key, RecordingState state) {
        CallSid call = new CallSid("CA" + hex());
        run(
                "insert into recording (tenant, account_sid, call_sid, recording_sid, state, attempt)"
                        + " values ($1, $2, $3, $4, 'REGISTERED', 1)"
                        + " on conflict (tenant, recording_sid) do update set call_sid = excluded.call_sid",
                Tuple.of(
                        key.tenant().value(),
                        key.tenant().value().equals("globex") ? GLOBEX : ACME,
                        call.value(),
                        key.recordingSid().value()));
        switch (state) {
            case RecordingState.Registered registered -> set(key, "state", "'REGISTERED'");
            case RecordingState.Evicted evicted -> set(key, "state", "'EVICTED'");
            case RecordingState.Deleted deleted -> set(key, "state", "'DELETED'");
            case RecordingState.Fetching fetching ->
                set(
                        key,
                        "(state, lane, promised_at, claimed_at, published_at)",
                        "('FETCHING', '" + fetching.lane() + "', now(), now(), now())");
            case RecordingState.Waiting waiting ->
                set(
                        key,
                        "(state, lane, promised_at, not_before, fetch_due_at)",
                        "('WAITING', '" + waiting.lane() + "', now(), '" + waiting.dueAt() + "', '" + waiting.dueAt()
                                + "')");
            case RecordingState.Failed failed ->
                set(
                        key,
                        "(state, reason, failed_for_good, claimable_at)",
                        "('FAILED', '" + failed.reason() + "', " + failed.isFinal() + ", '" + failed.claimableAt()
                                + "')");
            case RecordingState.Ready ready -> putReady(key, ready);
        }
        return call;
    }

    private void putReady(RecordingKey key, RecordingState.Ready ready) {
        run(
                "update recording set state = 'READY', object_bucket = $3, object_key = $4, object_size_bytes = $5,"
                        + " object_sha256 = $6, object_etag = $7, object_content_type = $8, object_channels = $9,"
                        + " duration_millis = $10, ready_at = $11 where tenant = $1 and recording_sid = $2",
                Tuple.from(List.of(
                        key.tenant().value(),
                        key.recordingSid().value(),
                        ready.object().bucket(),
                        ready.object().key(),
                        ready.object().sizeBytes(),
                        ready.object().sha256().hex(),
                        ready.object().etag(),
                        ready.object().contentType(),
                        ready.channels(),
                        ready.durationMillis(),
                        ready.readyAt().atOffset(ZoneOffset.UTC))));
    }

    private void set(RecordingKey key, String columns, String values) {
        run(
                "update recording set " + columns + " = " + values + " where tenant = $1 and recording_sid = $2",
                Tuple.of(key.tenant().value(), key.recordingSid().value()));
    }

    private void run(String sql, Tuple parameters) {
        pool.preparedQuery(sql).execute(parameters).await().atMost(PATIENCE);
    }

    /** {@code cut}, {@code stall} or {@code heal} what stands between the gateway and a server of the stack. */
    public void relay(String name, String what) {
        given().post(control + "/control/relays/" + name + "/" + what).then().statusCode(lessThan(300));
    }

    /** Removes the object and leaves the row. */
    public void vanish(Stored stored) {
        s3.deleteObject(delete -> delete.bucket(bucket).key(stored.object().key()))
                .join();
    }

    /** A SID that nobody knows. */
    /** The header fields of an answer but for Date, which differs between two equal ones. */
    public static List<Header> fields(Response answer) {
        return answer.headers().asList().stream()
                .filter(field -> !field.getName().equalsIgnoreCase("Date"))
                .toList();
    }

    public static RecordingSid recordingSid() {
        return new RecordingSid("RE" + hex());
    }

    static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static Sha256 sha256(byte[] bytes) {
        try {
            return new Sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
