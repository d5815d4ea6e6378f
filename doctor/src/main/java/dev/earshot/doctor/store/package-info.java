/**
 * Looks at the object store with a service's own credentials.
 *
 * <p>Actors: the fetcher's doctor, which writes {@link dev.earshot.doctor.store.Probe}, and the gateway's, which reads it. The SDK does
 * not leave this package. Invariants: one small object of a key that no recording can have is written, and nothing else;
 * nothing of an answer's text is repeated, for it may hold a signature.
 */
@NullMarked
package dev.earshot.doctor.store;

import org.jspecify.annotations.NullMarked;
