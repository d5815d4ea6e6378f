package dev.earshot.fetcher.audio;

/**
 * What was read out of the audio.
 *
 * @param contentType the media type to store it under
 * @param durationMillis the playing time, more than zero
 * @param channels 1 or 2
 */
public record AudioFacts(String contentType, long durationMillis, int channels) {}
