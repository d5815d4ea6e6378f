/**
 * The local stack's command line: {@code up}, {@code down}, {@code token}, {@code call} and {@code admin}.
 *
 * <p>Actors: the front-door script {@code ./earshot}, which prints all help, and the services' tests, which start
 * {@code up --infra-only}. Invariant: only {@link dev.earshot.local.Console} writes to the terminal, and an error is one line on
 * standard error that says what to do.
 */
@NullMarked
package dev.earshot.local;

import org.jspecify.annotations.NullMarked;
