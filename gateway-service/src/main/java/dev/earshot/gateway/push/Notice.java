package dev.earshot.gateway.push;

import dev.earshot.events.RecordingKey;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One event, encoded once for all who are told it.
 *
 * @param about the recording; null if it is about the stream itself
 * @param id names the state that is told: the same state has the same id on every gateway, at any time
 * @param frame the bytes on the wire
 */
record Notice(@Nullable RecordingKey about, String id, Buffer frame) {}
