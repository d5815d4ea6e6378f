/**
 * A client tells of a recording.
 *
 * <p>Actors: a backend with {@code recordings:write}; an operator for shared accounts. Invariants: whose an account is
 * comes from configuration alone; what is wrong with a body is said by field.
 */
@NullMarked
package dev.earshot.gateway.registration;

import org.jspecify.annotations.NullMarked;
