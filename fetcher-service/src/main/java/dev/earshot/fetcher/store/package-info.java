/**
 * The object store: what is there, put it there, prove that it is there.
 *
 * <p>Purpose: one object under one exact key that was decided before the fetch; nothing partial is ever visible; stored
 * means that the bytes were read back and compared.
 *
 * <p>Actors: the fetch looks, stores and confirms; a timer aborts multiparts that an earlier process left.
 *
 * <p>Invariants: an existing object is never overwritten where the store can refuse it ({@code If-None-Match: *}); SDK
 * types do not leave this package; every failure leaves as a {@link dev.earshot.fetcher.failure.TroubleException}.
 */
@NullMarked
package dev.earshot.fetcher.store;

import org.jspecify.annotations.NullMarked;
