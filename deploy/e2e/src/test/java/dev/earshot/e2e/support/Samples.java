package dev.earshot.e2e.support;

import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.ObjectRef;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Valid events about a simulated recording, as their writers would make them. */
public final class Samples {
    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(30);

    private Samples() {}

    public static RecordingKey key(Recorded recorded) {
        return new RecordingKey(new Tenant(recorded.tenant()), new RecordingSid(recorded.recordingSid()));
    }

    public static String objectKey(Recorded recorded, int generation) {
        return key(recorded).objectKey(generation);
    }

    public static FetchRequested requested(Recorded recorded, Lane lane) {
        Instant now = Instant.now();
        return new FetchRequested(
                new Tenant(recorded.tenant()),
                new AccountSid(recorded.accountSid()),
                new CallSid(recorded.callSid()),
                new RecordingSid(recorded.recordingSid()),
                new ObjectRef(Bucket.local().name(), objectKey(recorded, 1)),
                AudioFormat.MP3,
                1,
                1,
                1,
                lane,
                now,
                now.plus(SILENCE_LIMIT));
    }

    public static RecordingReady ready(Recorded recorded, int generation, int attempt) {
        Instant now = Instant.now();
        return new RecordingReady(
                new Tenant(recorded.tenant()),
                new AccountSid(recorded.accountSid()),
                new CallSid(recorded.callSid()),
                new RecordingSid(recorded.recordingSid()),
                new StoredObject(
                        Bucket.local().name(),
                        objectKey(recorded, generation),
                        recorded.sizeBytes(),
                        new Sha256(recorded.sha256()),
                        "an-etag",
                        recorded.contentType()),
                8000,
                1,
                Optional.empty(),
                now,
                now,
                generation,
                attempt);
    }

    public static FetchFailed failed(Recorded recorded, int generation, int attempt, FailureReason reason) {
        return new FetchFailed(
                new Tenant(recorded.tenant()),
                new AccountSid(recorded.accountSid()),
                new CallSid(recorded.callSid()),
                new RecordingSid(recorded.recordingSid()),
                reason,
                true,
                OptionalInt.empty(),
                OptionalInt.empty(),
                "said by a test",
                Instant.now(),
                generation,
                attempt);
    }
}
