/**
 * The spans of one fetch: what OpenTelemetry is told, and nothing else is.
 *
 * <p>Actors: each step of a request's way begins a {@link dev.earshot.fetcher.trace.Step} and hands its trace context on;
 * the exporter sends what has ended, where somebody configured one.
 *
 * <p>Invariants: no library is instrumented, since such spans would tell URLs, and those that Twilio redirects to are
 * signed; a step's parent is told and never taken from a thread, since one request is worked on by many; no attribute holds a
 * credential, a URL or the text of an exception. While tracing is off no step costs more than an object, and a request's
 * trace context is handed on as it came.
 */
@NullMarked
package dev.earshot.fetcher.trace;

import org.jspecify.annotations.NullMarked;
