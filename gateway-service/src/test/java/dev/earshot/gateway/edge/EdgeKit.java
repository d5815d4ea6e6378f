package dev.earshot.gateway.edge;

import static io.restassured.RestAssured.given;

import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.RecordingState;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
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
    private final S3AsyncClient s3;
    private final StandInRecordings rows;
    private final String bucket;
    private final String control;

    EdgeKit(
            S3AsyncClient s3,
            StandInRecordings rows,
            @ConfigProperty(name = "earshot.store.bucket") String bucket,
            @ConfigProperty(name = "earshot.test.control") String control) {
        this.s3 = s3;
        this.rows = rows;
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
                .statusCode(org.hamcrest.Matchers.lessThan(300))
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
        CallSid call = new CallSid("CA" + hex());
        rows.put(key, call, new RecordingState.Ready(object, 1000, 1, Instant.parse("2026-03-04T05:06:07Z")));
        return new Stored(key, call, bytes, object);
    }

    /** A row in any state. */
    public RecordingKey row(String tenant, RecordingState state) {
        RecordingKey key = new RecordingKey(new Tenant(tenant), recordingSid());
        rows.put(key, new CallSid("CA" + hex()), state);
        return key;
    }

    /** Removes the object and leaves the row. */
    public void vanish(Stored stored) {
        s3.deleteObject(delete -> delete.bucket(bucket).key(stored.object().key()))
                .join();
    }

    /** A SID that nobody knows. */
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
