/**
 * Audio as Base64 in JSON, for clients that can read nothing else: the frame around it, and a stream that encodes as it flows.
 *
 * <p>Actors: playback wraps the store's bytes and sends them like any audio. Invariants: the length is known before the
 * first byte; nothing but two bytes is kept between two chunks; fewer or more bytes than announced are a failure and never a
 * valid document.
 */
@NullMarked
package dev.earshot.gateway.data;

import org.jspecify.annotations.NullMarked;
