package dev.earshot.gateway.recording;

import dev.earshot.events.AudioFormat;
import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** The table's row. Columns are explained in the migration; {@code wake_at} is the database's own affair. */
@Entity
@DynamicUpdate
@Table(name = "recording")
public class RecordingRow extends PanacheEntityBase {
    /** The states as they stand in the row. */
    public enum State {
        REGISTERED,
        FETCHING,
        WAITING,
        READY,
        FAILED,
        EVICTED,
        DELETED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    public String tenant = "";

    @Column(name = "account_sid")
    public String accountSid = "";

    @Column(name = "call_sid")
    public String callSid = "";

    @Column(name = "recording_sid")
    public String recordingSid = "";

    @Column(name = "started_at")
    public @Nullable Instant startedAt;

    @Column(name = "duration_seconds")
    public @Nullable Integer durationSeconds;

    public @Nullable Integer channels;

    @Enumerated(EnumType.STRING)
    public State state = State.REGISTERED;

    @Enumerated(EnumType.STRING)
    public Lane lane = Lane.INTERACTIVE;

    public int priority;
    public int generation = 1;
    public int attempt;
    public int failures;

    @Column(name = "counted_attempts")
    public int countedAttempts;

    @Column(name = "not_audio_attempts")
    public int notAudioAttempts;

    @Enumerated(EnumType.STRING)
    public AudioFormat format = AudioFormat.MP3;

    @Column(name = "failing_since")
    public @Nullable Instant failingSince;

    @Column(name = "promised_at")
    public @Nullable Instant promisedAt;

    @Column(name = "claimed_at")
    public @Nullable Instant claimedAt;

    @Column(name = "published_at")
    public @Nullable Instant publishedAt;

    @Column(name = "last_request_expiry")
    public @Nullable Instant lastRequestExpiry;

    @Column(name = "not_before")
    public @Nullable Instant notBefore;

    @Enumerated(EnumType.STRING)
    public @Nullable FailureReason reason;

    @Column(name = "twilio_code")
    public @Nullable Integer twilioCode;

    @Column(name = "failed_for_good")
    public boolean failedForGood;

    @Column(name = "claimable_at")
    public @Nullable Instant claimableAt;

    @Column(name = "object_bucket")
    public @Nullable String objectBucket;

    @Column(name = "object_key")
    public @Nullable String objectKey;

    @Column(name = "object_size_bytes")
    public @Nullable Long objectSizeBytes;

    @Column(name = "object_sha256")
    public @Nullable String objectSha256;

    @Column(name = "object_etag")
    public @Nullable String objectEtag;

    @Column(name = "object_content_type")
    public @Nullable String objectContentType;

    @Column(name = "object_channels")
    public @Nullable Integer objectChannels;

    @Column(name = "duration_millis")
    public @Nullable Long durationMillis;

    @Column(name = "ready_at")
    public @Nullable Instant readyAt;

    public @Nullable String traceparent;

    @Column(name = "created_at")
    public Instant createdAt = Instant.EPOCH;

    @Column(name = "last_played_at")
    public @Nullable Instant lastPlayedAt;

    @Column(name = "changed_at")
    public Instant changedAt = Instant.EPOCH;

    public long revision;

    @Column(name = "fetch_due_at")
    public @Nullable Instant fetchDueAt;

    @Column(name = "announce_due_at")
    public @Nullable Instant announceDueAt;

    @Column(name = "announce_leased_until")
    public @Nullable Instant announceLeasedUntil;

    @Column(name = "purge_due_at")
    public @Nullable Instant purgeDueAt;

    @Column(name = "purge_generation")
    public int purgeGeneration;
}
