package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingReady;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * The verbs that move a recording without a listener: the fetcher's outcomes, retention and deletion. Each but the
 * first is one transaction on the locked row, and all may be repeated without harm.
 *
 * <p>Failures: {@link RecordingsUnavailableException}. Nothing here waits for Kafka or the object store.
 */
public interface Lifecycle {
    /**
     * What a {@code ready} would meet, read without a lock and without any effect; empty if the recording is unknown. A
     * refusal stays one: no row comes back to a generation that it has left.
     */
    Uni<Optional<ReadyVerdict>> judge(RecordingReady event);

    /** The audio is stored and was seen. Empty if the recording is unknown. */
    Uni<Optional<ReadyVerdict>> ready(RecordingReady event);

    /** An attempt failed; the policy decides what follows. Empty if the recording is unknown. */
    Uni<Optional<FailureVerdict>> failed(FetchFailed event, Next.Policy policy);

    /** What was announced as ready cannot be seen: as a failure of the attempt that is Fetching now. */
    Uni<Optional<FailureVerdict>> mismatched(RecordingReady event, Next.Policy policy);

    /** Drops the audio of one generation; it can be fetched again. False if the row is not Ready in it. */
    Uni<Boolean> evict(RecordingKey key, int generation);

    /** Deletes for good; a tombstone stays. False if unknown or deleted already. */
    Uni<Boolean> delete(RecordingKey key);

    /**
     * What a {@code ready} met.
     */
    enum ReadyVerdict {
        /** The recording is Ready. */
        ACCEPTED,
        /** It was Ready in this generation already. */
        DUPLICATE,
        /** The row has moved on: the object of that generation is nobody's and must go. */
        REFUSED,
        /** A generation that this row has not reached: nothing of ours asked for it. */
        IMPOSSIBLE
    }

    /** What a failure led to. */
    sealed interface FailureVerdict {
        /** Another attempt is due. */
        record Retrying(FailureReason reason, Duration after) implements FailureVerdict {}

        /** No further attempt until somebody asks again, if at all. */
        record GivenUp(FailureReason reason, boolean isFinal) implements FailureVerdict {}

        /** An attempt that the row has left behind; nothing was changed. */
        record Late() implements FailureVerdict {}
    }
}
