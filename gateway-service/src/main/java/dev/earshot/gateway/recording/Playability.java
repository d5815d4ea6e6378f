package dev.earshot.gateway.recording;

import dev.earshot.events.FailureReason;

/** What a listener's request met, after whatever it set in motion. */
public sealed interface Playability {
    /** No such recording for this tenant; a foreign one looks exactly the same. */
    record Unknown() implements Playability {}

    /** The audio is there. */
    record Playable(Recording recording, RecordingState.Ready ready) implements Playability {}

    /** A fetch is promised: the state is Fetching or Waiting, its claim committed. */
    record Preparing(Recording recording) implements Playability {}

    /**
     * The last fetch failed.
     *
     * @param retryable a request after {@link RecordingState.Failed#claimableAt()} starts another attempt
     */
    record Unavailable(Recording recording, FailureReason reason, boolean retryable) implements Playability {}

    /** Never stored, and older than the tenant's playback window. */
    record Expired(Recording recording) implements Playability {}

    /** Deleted here. */
    record Gone(Recording recording) implements Playability {}
}
