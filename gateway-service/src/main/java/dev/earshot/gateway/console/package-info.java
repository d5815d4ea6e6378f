/**
 * The console: a page that the gateway serves from its jar, and the session that its users have instead of a bearer token.
 *
 * <p>Actors: people with a browser, an OpenID provider that signs them in by the code flow. Purpose: the page calls the same API as
 * everybody else; {@link dev.earshot.gateway.console.ConsoleTenant} only lets a session cookie stand where a bearer token would.
 *
 * <p>Invariants: the session lives in the cookie alone, encrypted with a secret that all replicas share, so that any of them answers
 * any request; the API never redirects to a sign-in, only the page does; a cookie changes nothing for a page of another origin; without
 * {@code earshot.console.client-id} none of this exists.
 */
@NullMarked
package dev.earshot.gateway.console;

import org.jspecify.annotations.NullMarked;
