package dev.earshot.gateway.delivery;

import dev.earshot.events.StoredObject;
import java.time.Duration;

/**
 * What a listener who was let in wants.
 *
 * @param object the audio
 * @param headOnly by HEAD: stores sign the method too
 * @param contentDisposition what the answer's header of that name shall be
 * @param playingTime how long the recording is
 */
public record Wanted(StoredObject object, boolean headOnly, String contentDisposition, Duration playingTime) {}
