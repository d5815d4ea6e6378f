package dev.earshot.gateway.recording;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows as they are in each state, in their second attempt of their first generation. */
final class SampleRows {
    static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");
    static final Duration WEEK = Duration.ofDays(7);
    static final RecordingKey KEY = new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "0".repeat(32)));
    static final StoredObject OBJECT =
            new StoredObject("bucket", KEY.objectKey(1), 5, new Sha256("a".repeat(64)), "etag", "audio/mpeg");

    private SampleRows() {}

    static RecordingRow row(RecordingRow.State state) {
        RecordingRow row = new RecordingRow();
        row.id = 1L;
        row.tenant = KEY.tenant().value();
        row.recordingSid = KEY.recordingSid().value();
        row.accountSid = "AC" + "0".repeat(32);
        row.callSid = "CA" + "0".repeat(32);
        row.createdAt = NOW.minus(Duration.ofHours(1));
        row.changedAt = NOW.minus(Duration.ofMinutes(1));
        row.state = state;
        row.revision = 7;
        if (state != RecordingRow.State.REGISTERED) {
            row.attempt = 2;
            row.failures = 1;
            row.countedAttempts = 1;
            row.notAudioAttempts = 1;
            row.promisedAt = NOW.minus(Duration.ofMinutes(2));
            row.claimedAt = NOW.minus(Duration.ofMinutes(1));
            row.lastRequestExpiry = NOW.plus(Duration.ofMinutes(29));
        }
        switch (state) {
            case REGISTERED, DELETED, EVICTED -> {}
            case FETCHING -> {
                row.publishedAt = NOW.minus(Duration.ofSeconds(59));
                row.fetchDueAt = NOW.plus(Duration.ofMinutes(29));
            }
            case WAITING -> {
                row.reason = FailureReason.UPSTREAM_ERROR;
                row.fetchDueAt = NOW.plus(Duration.ofMinutes(1));
                row.notBefore = NOW.minus(Duration.ofSeconds(1));
            }
            case READY -> {
                row.objectBucket = OBJECT.bucket();
                row.objectKey = OBJECT.key();
                row.objectSizeBytes = OBJECT.sizeBytes();
                row.objectSha256 = OBJECT.sha256().hex();
                row.objectEtag = OBJECT.etag();
                row.objectContentType = OBJECT.contentType();
                row.objectChannels = 2;
                row.durationMillis = 1000L;
                row.readyAt = NOW.minus(Duration.ofSeconds(30));
            }
            case FAILED -> {
                row.reason = FailureReason.ATTEMPTS_EXHAUSTED;
                row.claimableAt = NOW.plus(Duration.ofMinutes(10));
            }
        }
        return row;
    }

    static RecordingReady ready(int generation, int attempt) {
        return new RecordingReady(
                KEY.tenant(),
                new AccountSid("AC" + "0".repeat(32)),
                new CallSid("CA" + "0".repeat(32)),
                KEY.recordingSid(),
                new StoredObject(
                        "bucket", KEY.objectKey(generation), 5, new Sha256("a".repeat(64)), "etag", "audio/mpeg"),
                1000,
                1,
                Optional.empty(),
                NOW,
                NOW,
                generation,
                attempt);
    }

    /** Every column, to see that nothing was changed. */
    static Map<String, String> columns(RecordingRow row) {
        Map<String, String> columns = new TreeMap<>();
        for (Field field : RecordingRow.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && Modifier.isPublic(field.getModifiers())) {
                try {
                    columns.put(field.getName(), String.valueOf(field.get(row)));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return columns;
    }
}
