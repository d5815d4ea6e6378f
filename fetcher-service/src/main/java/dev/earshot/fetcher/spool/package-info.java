/**
 * Downloads on local disk, between Twilio and the object store.
 *
 * <p>Purpose: the spool makes the upload retryable without a second download, keeps memory flat and keeps rubbish out
 * of the store. Its budget bounds the disk.
 *
 * <p>Actors: the Twilio adapter writes, the audio inspection, the store adapter and the waveform read.
 *
 * <p>Invariants: a file belongs to one fetch and is deleted when that fetch and whoever reads it have ended; at start the folder is emptied, for
 * nothing in it survives the process that wrote it; the sum of all files never exceeds the budget.
 */
@NullMarked
package dev.earshot.fetcher.spool;

import org.jspecify.annotations.NullMarked;
