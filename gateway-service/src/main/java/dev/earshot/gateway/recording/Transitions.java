package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of a row that its caller has locked. Pure: the row, what happened and the database's clock go in, the
 * changed row comes out; false means refused, and nothing was changed.
 */
final class Transitions {
    /** Every generation there ever was and ever will be. */
    static final int ALL_GENERATIONS = Integer.MAX_VALUE;

    private final RecordingRow row;
    private final Instant now;

    Transitions(RecordingRow row, Instant now) {
        this.row = row;
        this.now = now;
    }

    /** From Fetching, Waiting or Failed, whatever the attempt, if the generation is this one. */
    boolean acceptsReady(int generation) {
        boolean open = switch (row.state) {
            case FETCHING, WAITING, FAILED -> true;
            case REGISTERED, READY, EVICTED, DELETED -> false;
        };
        return open && row.generation == generation && row.attempt > 0;
    }

    boolean ready(RecordingReady event) {
        if (!acceptsReady(event.generation())) {
            return false;
        }
        clearFetch();
        StoredObject object = event.object();
        row.objectBucket = object.bucket();
        row.objectKey = object.key();
        row.objectSizeBytes = object.sizeBytes();
        row.objectSha256 = object.sha256().hex();
        row.objectEtag = object.etag();
        row.objectContentType = object.contentType();
        row.objectChannels = event.channels();
        row.durationMillis = event.durationMillis();
        // RFC 9110 section 8.8.2.1: Last-Modified is never later than Date, however the fetcher's clock goes.
        row.readyAt = event.confirmedAt().isAfter(now) ? now : event.confirmedAt();
        to(RecordingRow.State.READY);
        announce();
        return true;
    }

    /** Only from Fetching, and only this very attempt. */
    boolean acceptsFailure(int generation, int attempt) {
        return row.state == RecordingRow.State.FETCHING && row.generation == generation && row.attempt == attempt;
    }

    /** @param twilioCode what Twilio said of it, if it said anything */
    boolean failed(int generation, int attempt, Next next, OptionalInt twilioCode) {
        if (!acceptsFailure(generation, attempt)) {
            return false;
        }
        row.publishedAt = null;
        row.failures++;
        row.failingSince = row.failingSince == null ? now : row.failingSince;
        switch (next) {
            case Next.Retry retry -> waitFor(retry);
            case Next.GiveUp giveUp -> giveUp(giveUp);
        }
        row.twilioCode = boxed(twilioCode);
        return true;
    }

    private void waitFor(Next.Retry retry) {
        if (retry.counted()) {
            row.countedAttempts++;
        }
        if (retry.reason() == FailureReason.NOT_AUDIO) {
            row.notAudioAttempts++;
        }
        if (retry.newGeneration()) {
            purgeUpTo(row.generation);
            row.generation++;
        }
        row.reason = retry.reason();
        row.fetchDueAt = now.plus(retry.after());
        row.notBefore = now.plus(retry.clickAfter());
        to(RecordingRow.State.WAITING);
    }

    private void giveUp(Next.GiveUp giveUp) {
        clearFetch();
        row.reason = giveUp.reason();
        row.failedForGood = giveUp.isFinal();
        row.claimableAt = now.plus(giveUp.claimableAfter());
        to(RecordingRow.State.FAILED);
        announce();
    }

    /** The audio is dropped and can be fetched again. */
    boolean evict(int generation) {
        if (row.state != RecordingRow.State.READY || row.generation != generation) {
            return false;
        }
        clearObject();
        purgeUpTo(row.generation);
        to(RecordingRow.State.EVICTED);
        announce();
        return true;
    }

    /**
     * Gone for good, from any state; what the row told goes too. What stays: the SIDs and the tenant, by which a late
     * registration is known; generation, attempt and the last request's expiry, by which a late outcome is; and when the row
     * was made and deleted.
     */
    boolean delete() {
        if (row.state == RecordingRow.State.DELETED) {
            return false;
        }
        clearFetch();
        clearObject();
        row.startedAt = null;
        row.durationSeconds = null;
        row.channels = null;
        row.lastPlayedAt = null;
        row.traceparent = null;
        row.promisedAt = null;
        row.claimedAt = null;
        row.failures = 0;
        row.countedAttempts = 0;
        row.notAudioAttempts = 0;
        row.priority = 0;
        purgeUpTo(ALL_GENERATIONS);
        to(RecordingRow.State.DELETED);
        announce();
        return true;
    }

    /** The object of this generation is gone from the store: the next generation is claimed at once, and nobody is told of it as ready. */
    boolean vanished(int generation, Duration publishCheck, Duration silenceLimit, Optional<String> traceparent) {
        if (row.state != RecordingRow.State.READY || row.generation != generation) {
            return false;
        }
        clearFetch();
        clearObject();
        row.generation++;
        row.attempt++;
        row.failures = 0;
        row.countedAttempts = 0;
        row.notAudioAttempts = 0;
        row.lane = Lane.INTERACTIVE;
        row.promisedAt = now;
        row.claimedAt = now;
        row.fetchDueAt = now.plus(publishCheck);
        row.lastRequestExpiry = now.plus(silenceLimit);
        row.traceparent = traceparent.orElse(null);
        to(RecordingRow.State.FETCHING);
        announce();
        return true;
    }

    /** Twilio says that there never will be any audio. */
    boolean absent() {
        boolean untouched = row.state == RecordingRow.State.REGISTERED
                || row.state == RecordingRow.State.WAITING && row.attempt == 0;
        if (untouched) {
            giveUp(new Next.GiveUp(FailureReason.ABSENT, true, Duration.ZERO));
        }
        return untouched;
    }

    /** Twilio says that the audio is there: whoever waits need wait no longer, unless Twilio asked to. */
    boolean completed() {
        Instant due = row.notBefore != null && row.notBefore.isAfter(now) ? row.notBefore : now;
        if (row.state != RecordingRow.State.WAITING || row.fetchDueAt != null && !row.fetchDueAt.isAfter(due)) {
            return false;
        }
        row.fetchDueAt = due;
        return true;
    }

    /** Bulk never claims: it waits for a free place. */
    boolean prefetch(int priority, Duration playbackWindow) {
        Instant began = row.startedAt == null ? row.createdAt : row.startedAt;
        if (row.state != RecordingRow.State.REGISTERED || began.isBefore(now.minus(playbackWindow))) {
            return false;
        }
        row.lane = Lane.BULK;
        row.priority = priority;
        row.promisedAt = now;
        row.fetchDueAt = now;
        to(RecordingRow.State.WAITING);
        return true;
    }

    /** Adds what was unknown. @return the first field that is known to be otherwise, or null */
    @Nullable
    String contradiction(Facts facts) {
        if (differs(row.startedAt, facts.startedAt().orElse(null))) {
            return "startedAt";
        }
        if (differs(row.durationSeconds, boxed(facts.durationSeconds()))) {
            return "durationSeconds";
        }
        return differs(row.channels, boxed(facts.channels())) ? "channels" : null;
    }

    void add(Facts facts) {
        row.startedAt = row.startedAt == null ? facts.startedAt().orElse(null) : row.startedAt;
        row.durationSeconds = row.durationSeconds == null ? boxed(facts.durationSeconds()) : row.durationSeconds;
        row.channels = row.channels == null ? boxed(facts.channels()) : row.channels;
    }

    private static boolean differs(@Nullable Object known, @Nullable Object told) {
        return known != null && told != null && !Objects.equals(known, told);
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private void to(RecordingRow.State state) {
        row.state = state;
        row.changedAt = now;
        row.revision++;
    }

    /** Not while another replica announces the change before: the last word must come last. */
    private void announce() {
        row.announceDueAt =
                row.announceLeasedUntil != null && row.announceLeasedUntil.isAfter(now) ? row.announceLeasedUntil : now;
    }

    private void purgeUpTo(int generation) {
        row.purgeGeneration = Math.max(row.purgeGeneration, generation);
        row.purgeDueAt = now;
    }

    private void clearFetch() {
        row.fetchDueAt = null;
        row.publishedAt = null;
        row.notBefore = null;
        row.reason = null;
        row.twilioCode = null;
        row.failedForGood = false;
        row.claimableAt = null;
        row.failingSince = null;
    }

    private void clearObject() {
        row.objectBucket = null;
        row.objectKey = null;
        row.objectSizeBytes = null;
        row.objectSha256 = null;
        row.objectEtag = null;
        row.objectContentType = null;
        row.objectChannels = null;
        row.durationMillis = null;
        row.readyAt = null;
    }
}
