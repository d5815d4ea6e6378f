/**
 * Which Twilio account belongs to whom, and what each tenant wants: configuration in mounted files, read once at start.
 *
 * <p>Actors: the operator writes the files; the edge asks {@link dev.earshot.gateway.tenant.Accounts} before anything is
 * registered; the core asks {@link dev.earshot.gateway.tenant.Tenants} for format and playback window.
 *
 * <p>Invariants: a file that is unreadable, has an unknown field or a bad value refuses the start, naming file and
 * field; whose an account is never depends on what a request says; secrets are in no message and no
 * {@code toString}.
 */
@NullMarked
package dev.earshot.gateway.tenant;

import org.jspecify.annotations.NullMarked;
