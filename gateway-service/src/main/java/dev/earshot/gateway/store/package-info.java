/**
 * <<<<<<< HEAD
 * The object store, spoken to in S3's protocol.
 *
 * <p>Purpose: two separate ways in, so that listeners can never starve the service's own work: classes named
 * {@code S3Playback…} stream audio by a Vert.x client on requests that the AWS SDK's signer signed; classes named
 * {@code S3Control…} look and delete by the SDK's client. Each has its own connection pool.
 *
 * <p>Invariants: the SDK's types do not leave this package; nothing blocks an event loop; only NoSuchKey counts as
 * gone; no credential and no signed URL is ever logged.
 * =======
 * The object store, as the gateway needs it: reading for playback (S3Playback…), looking and deleting (S3Control…).
 *
 * <p>Actors: listeners read; the outcome consumer looks for what was announced; the sweeper deletes.
 *
 * <p>Invariants: no SDK type leaves this package; nothing here changes a row; streams and control calls have pools of
 * their own, so that slow listeners cannot stop a deletion.
 * >>>>>>> origin/main
 */
@NullMarked
package dev.earshot.gateway.store;

import org.jspecify.annotations.NullMarked;
