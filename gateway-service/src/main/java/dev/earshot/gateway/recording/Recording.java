package dev.earshot.gateway.recording;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;
import java.time.Instant;
import java.util.Optional;

/**
 * One row as it was when it was read.
 *
 * @param key whose and which
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param facts what was told about it
 * @param generation the life of the stored object, 1 or more; raised whenever a new object is to be made
 * @param attempt the last attempt at a fetch, 0 before the first
 * @param state what it is now
 * @param readAt the database's clock when the row was read, for comparisons with the times in it
 * @param traceparent the trace of whoever asked for it last
 */
public record Recording(
        RecordingKey key,
        AccountSid accountSid,
        CallSid callSid,
        Facts facts,
        int generation,
        int attempt,
        RecordingState state,
        Instant readAt,
        Optional<String> traceparent) {}
