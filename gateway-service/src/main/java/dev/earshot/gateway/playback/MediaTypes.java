package dev.earshot.gateway.playback;

import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.RecordingState.Ready;
import org.jboss.logging.Logger;

/** Which stored media types may leave. */
final class MediaTypes {
    private static final Logger LOG = Logger.getLogger(MediaTypes.class);

    private MediaTypes() {}

    /** @throws Problem 503 {@code recording-unplayable}: whatever lies there, it is not sent */
    static void require(PlaybackConfig config, Ready ready) {
        if (!config.contentTypes().contains(ready.object().contentType())) {
            LOG.errorf("The stored media type %s is not allowed", ready.object().contentType());
            throw Problem.of(ProblemType.RECORDING_UNPLAYABLE);
        }
    }
}
