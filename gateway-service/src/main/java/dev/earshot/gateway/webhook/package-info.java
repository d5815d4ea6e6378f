/**
 * Twilio tells of a recording: the signed {@code recordingStatusCallback}.
 *
 * <p>Actors: Twilio, and anybody who pretends to be. Invariants: nothing of a request is believed before its signature
 * is; an unknown account, a bad signature and a tenant that is not the account's are refused with the same bytes; a
 * replay changes nothing; no URL out of a webhook is ever used.
 */
@NullMarked
package dev.earshot.gateway.webhook;

import org.jspecify.annotations.NullMarked;
