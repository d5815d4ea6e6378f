/**
 * What the API says when it cannot do what was asked: RFC 9457 problem documents with a stable {@code code}.
 *
 * <p>Purpose: one table ({@link dev.earshot.gateway.problem.ProblemType}) and one place that renders it
 * ({@link dev.earshot.gateway.problem.ProblemTable}), whatever was thrown and whoever threw it.
 *
 * <p>Invariants: a document tells nothing of the inside (no class, no stack, no store's or driver's text) and nothing of
 * the request (no {@code instance}), so that the answers to an unknown and to a foreign recording are the same bytes;
 * every document is {@code no-store}.
 */
@NullMarked
package dev.earshot.gateway.problem;

import org.jspecify.annotations.NullMarked;
