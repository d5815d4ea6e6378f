package dev.earshot.gateway.recording;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads rows into the domain's values. */
final class Rows {
    private Rows() {}

    static RecordingRow read(Row row) {
        RecordingRow r = new RecordingRow();
        r.id = row.getLong("id");
        r.tenant = row.getString("tenant");
        r.accountSid = row.getString("account_sid");
        r.callSid = row.getString("call_sid");
        r.recordingSid = row.getString("recording_sid");
        r.startedAt = instant(row, "started_at");
        r.durationSeconds = row.getInteger("duration_seconds");
        r.channels = row.getInteger("channels");
        r.state = RecordingRow.State.valueOf(row.getString("state"));
        r.lane = Lane.valueOf(row.getString("lane"));
        r.generation = row.getInteger("generation");
        r.attempt = row.getInteger("attempt");
        r.format = AudioFormat.valueOf(row.getString("format"));
        r.claimedAt = instant(row, "claimed_at");
        r.lastRequestExpiry = instant(row, "last_request_expiry");
        r.notBefore = instant(row, "not_before");
        String reason = row.getString("reason");
        r.reason = reason == null ? null : FailureReason.valueOf(reason);
        r.failedForGood = row.getBoolean("failed_for_good");
        r.claimableAt = instant(row, "claimable_at");
        r.objectBucket = row.getString("object_bucket");
        r.objectKey = row.getString("object_key");
        r.objectSizeBytes = row.getLong("object_size_bytes");
        r.objectSha256 = row.getString("object_sha256");
        r.objectEtag = row.getString("object_etag");
        r.objectContentType = row.getString("object_content_type");
        r.objectChannels = row.getInteger("object_channels");
        r.durationMillis = row.getLong("duration_millis");
        r.readyAt = instant(row, "ready_at");
        r.traceparent = row.getString("traceparent");
        r.createdAt = required(instant(row, "created_at"));
        r.changedAt = required(instant(row, "changed_at"));
        r.revision = row.getLong("revision");
        r.fetchDueAt = instant(row, "fetch_due_at");
        r.purgeGeneration = row.getInteger("purge_generation");
        return r;
    }

    static Instant clock(Row row) {
        return required(instant(row, "read_at"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value, "a column that the state demands is null");
    }

    static RecordingKey key(RecordingRow row) {
        return new RecordingKey(new Tenant(row.tenant), new RecordingSid(row.recordingSid));
    }

    static Recording recording(RecordingRow row, Instant readAt) {
        return new Recording(
                key(row),
                new AccountSid(row.accountSid),
                new CallSid(row.callSid),
                facts(row),
                row.generation,
                row.attempt,
                state(row),
                readAt,
                Optional.ofNullable(row.traceparent));
    }

    private static Facts facts(RecordingRow row) {
        return new Facts(
                Optional.ofNullable(row.startedAt),
                row.durationSeconds == null ? OptionalInt.empty() : OptionalInt.of(row.durationSeconds),
                row.channels == null ? OptionalInt.empty() : OptionalInt.of(row.channels));
    }

    static RecordingState state(RecordingRow row) {
        return switch (row.state) {
            case REGISTERED -> new RecordingState.Registered();
            case FETCHING -> new RecordingState.Fetching(row.lane, required(row.claimedAt));
            case WAITING ->
                new RecordingState.Waiting(row.lane, required(row.fetchDueAt), Optional.ofNullable(row.reason));
            case READY ->
                new RecordingState.Ready(
                        object(row),
                        required(row.durationMillis),
                        required(row.objectChannels),
                        required(row.readyAt).truncatedTo(ChronoUnit.SECONDS));
            case FAILED ->
                new RecordingState.Failed(required(row.reason), row.failedForGood, required(row.claimableAt));
            case EVICTED -> new RecordingState.Evicted();
            case DELETED -> new RecordingState.Deleted();
        };
    }

    private static StoredObject object(RecordingRow row) {
        return new StoredObject(
                required(row.objectBucket),
                required(row.objectKey),
                required(row.objectSizeBytes),
                new Sha256(required(row.objectSha256)),
                required(row.objectEtag),
                required(row.objectContentType));
    }

    static Claim claim(Row row) {
        RecordingRow r = read(row);
        return new Claim(
                required(r.id),
                recording(r, clock(row)),
                r.lane,
                r.format,
                required(r.claimedAt),
                required(r.lastRequestExpiry),
                Optional.ofNullable(r.traceparent));
    }
}
