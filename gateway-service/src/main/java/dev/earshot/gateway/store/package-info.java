/**
 * The object store, as the gateway needs it: reading for playback (S3Playback…) and of
 * peaks (S3Peaks…), looking and deleting (S3Control…).
 *
 * <p>Actors: listeners read; the outcome consumer looks for what was announced; the sweeper deletes.
 *
 * <p>Invariants: no SDK type leaves this package; nothing here changes a row; streams and control calls have pools of
 * their own, so that slow listeners cannot stop a deletion.
 */
@NullMarked
package dev.earshot.gateway.store;

import org.jspecify.annotations.NullMarked;
