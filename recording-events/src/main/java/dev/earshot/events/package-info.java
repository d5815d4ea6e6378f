/**
 * The contract between gateway, fetcher and everyone else who reads Earshot's topics.
 *
 * <p>Purpose: validated values (SIDs, tenant, object key), the four event records, their CloudEvents attributes and
 * the one codec that turns them into Kafka headers and JSON and back. JSON Schemas, golden samples and the AsyncAPI
 * document lie beside these classes as resources under {@code dev/earshot/events}.
 *
 * <p>Actors: the gateway writes {@link dev.earshot.events.FetchRequested} and {@link dev.earshot.events.StateChanged};
 * the fetcher writes {@link dev.earshot.events.RecordingReady} and {@link dev.earshot.events.FetchFailed}.
 *
 * <p>Invariants: what is invalid cannot be constructed; no record carries a URL, a phone number or a credential;
 * writers write closed schemas, readers ignore fields they do not know; a change that is not an added optional field
 * is a new version. This package depends on Jackson's data binding and on no framework; {@link dev.earshot.events.Refusal}
 * alone knows Kafka's errors.
 */
@NullMarked
package dev.earshot.events;

import org.jspecify.annotations.NullMarked;
