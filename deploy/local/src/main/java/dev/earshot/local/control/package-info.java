/**
 * The stack's control API: tokens, calls, relays, services.
 *
 * <p>Actors: the front door and tests, on this machine only. It is no part of Earshot and has no authentication.
 */
@NullMarked
package dev.earshot.local.control;

import org.jspecify.annotations.NullMarked;
