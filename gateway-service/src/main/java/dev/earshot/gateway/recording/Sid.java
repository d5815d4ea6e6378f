package dev.earshot.gateway.recording;

import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingSid;
import java.util.Optional;

/** How a caller names a recording: by its own SID, or by its call's, which means the call's newest one. */
public sealed interface Sid {
    /** Names the recording itself. */
    record OfRecording(RecordingSid sid) implements Sid {}

    /** Names the newest recording of the call that is not deleted. */
    record OfCall(CallSid sid) implements Sid {}

    /** Reads a path segment; empty if it is neither. */
    static Optional<Sid> parse(String text) {
        if (RecordingSid.isValid(text)) {
            return Optional.of(new OfRecording(new RecordingSid(text)));
        }
        if (CallSid.isValid(text)) {
            return Optional.of(new OfCall(new CallSid(text)));
        }
        return Optional.empty();
    }
}
