/**
 * The services as child processes from their packaged jars.
 *
 * <p>Actors: the stack (starts and stops them, hears of a crash) and the control API (kills, pauses, restarts them for tests). Invariant: an end that
 * nobody asked for is a crash and is told exactly once.
 */
@NullMarked
package dev.earshot.local.service;

import org.jspecify.annotations.NullMarked;
