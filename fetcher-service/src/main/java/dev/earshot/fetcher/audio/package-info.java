/**
 * What the downloaded bytes are: kind by magic bytes, playing time and channels from the audio itself.
 *
 * <p>Purpose: Twilio's own numbers round to seconds and may describe another rendition than the one that is stored, so
 * the stored bytes are the only witness.
 *
 * <p>Actors: the fetch asks, once the spool file is complete.
 *
 * <p>Invariants: pure, reads a channel and allocates a fixed buffer whatever the file's size; trusts no length field
 * beyond the end of the file.
 */
@NullMarked
package dev.earshot.fetcher.audio;

import org.jspecify.annotations.NullMarked;
