/**
 * The API's description, OpenAPI 3.0: paths and summaries come from the resources, everything else from one table.
 *
 * <p>Actors: {@link dev.earshot.gateway.openapi.ApiDescription} completes what the build has found in the resources by
 * {@link dev.earshot.gateway.openapi.Operations}; nothing here runs while the gateway serves.
 *
 * <p>Invariants: a route without a row, and a row without a route, end the build; each problem stands under the status that
 * {@link dev.earshot.gateway.problem.ProblemType} gives it; the schemas of answers are read from the records that are sent.
 * The document is checked in as {@code docs/openapi.yaml}, and answers in tests are judged by it.
 */
@NullMarked
package dev.earshot.gateway.openapi;

import org.jspecify.annotations.NullMarked;
