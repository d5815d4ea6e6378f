/**
 * The spans of one click: what OpenTelemetry is told, and nothing else is.
 *
 * <p>Actors: each step of a request's way begins a {@link dev.earshot.gateway.trace.Step} and hands its trace context on;
 * the exporter sends what has ended, where somebody configured one.
 *
 * <p>Invariants: no library is instrumented, since such spans would carry query strings with tickets and signatures; a
 * step's parent is told and never taken from a thread, since what follows a click runs on many of them, and after a
 * failure minutes later; no attribute holds an address of a person, a credential, or the text of an exception. While
 * tracing is off no step costs more than an object, and a caller's trace context is handed on as it came.
 */
@NullMarked
package dev.earshot.gateway.trace;

import org.jspecify.annotations.NullMarked;
