/**
 * Whether audio goes through the gateway or is fetched from elsewhere, and where that is.
 *
 * <p>Purpose: {@link dev.earshot.gateway.delivery.Delivery} says for a tenant whether listeners are redirected, and makes the signed
 * URL, of the store ({@link dev.earshot.gateway.delivery.SignedUrls}) or of a CDN; {@link dev.earshot.gateway.delivery.CdnPurge}
 * makes the CDN forget.
 *
 * <p>Actors: playback asks where to send a listener it has let in; the sweeper purges.
 *
 * <p>Invariants: nobody gets a URL who was not let in by the gateway; a URL names one object, ends by itself, and is in no
 * {@code toString}, log or metric; what is deleted or evicted is not done until the CDN has said that it forgot it.
 */
@NullMarked
package dev.earshot.gateway.delivery;

import org.jspecify.annotations.NullMarked;
