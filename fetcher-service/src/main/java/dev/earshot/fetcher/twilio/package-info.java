/**
 * Everything that speaks to Twilio.
 *
 * <p>Purpose: the media by Vert.x's HTTP client, streamed into the spool; the metadata by Twilio's SDK, on virtual
 * threads; the accounts and their credentials from files.
 *
 * <p>Actors: the fetch asks for media, and for metadata when the media's answer does not say enough.
 *
 * <p>Invariants: URLs are built from SIDs; credentials go to the account's own base URL and nowhere else; a body never
 * rests in memory; SDK types do not leave this package; every failure leaves as a
 * {@link dev.earshot.fetcher.failure.TroubleException}.
 */
@NullMarked
package dev.earshot.fetcher.twilio;

import org.jspecify.annotations.NullMarked;
