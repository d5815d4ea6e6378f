/**
 * A recording's life: what is known about it, which state it is in, and the verbs that move it.
 *
 * <p>Purpose: the state machine of the product. {@link dev.earshot.gateway.recording.Recordings} is the port that the
 * HTTP edge talks to; its one implementation keeps rows in PostgreSQL.
 *
 * <p>Actors: listeners (through the edge), Twilio's webhook, the fetcher (through its outcomes), the sweeper.
 *
 * <p>Invariants: what many try at once and one must win (claims, flips, the sweeper's leases, the mark that a request was
 * published) is one conditional UPDATE with the tenant or the row, the generation and the attempt in its WHERE; what must
 * look before it changes (outcomes, evict, delete, vanished, registration) locks the row and applies the pure
 * {@link dev.earshot.gateway.recording.Transitions} to it in the same transaction. No transaction is open during a call to
 * Kafka or the object store; times that are compared across replicas are the database's.
 */
@NullMarked
package dev.earshot.gateway.recording;

import org.jspecify.annotations.NullMarked;
