package dev.earshot.gateway.recording;

import java.time.Duration;
import java.time.Instant;

/** What a listener is told of a row, and whether to claim first. Pure. */
final class Listening {
    private Listening() {}

    /** What to do about a row that somebody wants to hear. */
    sealed interface Step {
        /** Nothing: this is the answer. */
        record Answer(Playability playability) implements Step {}

        /** Claim, then answer Preparing. */
        record Claim() implements Step {}

        /** Runs in bulk: publish the same attempt for somebody who waits. */
        record Flip() implements Step {}

        /** Waits in bulk, and Twilio asked to be left alone: only change the lane. */
        record Hurry() implements Step {}
    }

    static Step step(RecordingRow row, Recording recording, Duration playbackWindow) {
        return switch (recording.state()) {
            case RecordingState.Ready ready -> new Step.Answer(new Playability.Playable(recording, ready));
            case RecordingState.Deleted deleted -> new Step.Answer(new Playability.Gone(recording));
            case RecordingState.Registered registered -> unlessExpired(row, recording, playbackWindow);
            case RecordingState.Evicted evicted -> new Step.Claim();
            case RecordingState.Fetching fetching ->
                switch (fetching.lane()) {
                    case INTERACTIVE -> new Step.Answer(new Playability.Preparing(recording));
                    case BULK -> new Step.Flip();
                };
            case RecordingState.Waiting waiting -> waiting(row, recording, waiting);
            case RecordingState.Failed failed ->
                failed.isFinal() || failed.claimableAt().isAfter(recording.readAt())
                        ? new Step.Answer(new Playability.Unavailable(recording, failed.reason(), !failed.isFinal()))
                        : unlessExpired(row, recording, playbackWindow);
        };
    }

    private static Step unlessExpired(RecordingRow row, Recording recording, Duration playbackWindow) {
        Instant began = row.startedAt == null ? row.createdAt : row.startedAt;
        return began.isBefore(recording.readAt().minus(playbackWindow))
                ? new Step.Answer(new Playability.Expired(recording))
                : new Step.Claim();
    }

    private static Step waiting(RecordingRow row, Recording recording, RecordingState.Waiting waiting) {
        if (row.notBefore == null || !row.notBefore.isAfter(recording.readAt())) {
            return new Step.Claim();
        }
        return switch (waiting.lane()) {
            case INTERACTIVE -> new Step.Answer(new Playability.Preparing(recording));
            case BULK -> new Step.Hurry();
        };
    }
}
