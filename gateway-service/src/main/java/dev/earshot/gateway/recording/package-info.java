/**
 * A recording's life: what is known about it, which state it is in, and the verbs that move it.
 *
 * <p>Purpose: the state machine of the product. {@link dev.earshot.gateway.recording.Recordings} is the port that the
 * HTTP edge talks to; its one implementation keeps rows in PostgreSQL.
 *
 * <p>Actors: listeners (through the edge), Twilio's webhook, the fetcher (through its outcomes), the sweeper.
 *
 * <p>Invariants: every transition is one conditional UPDATE with the tenant, the generation and, where it matters, the
 * attempt in its WHERE; no transaction is open during a call to Kafka or the object store; times that are compared
 * across replicas are the database's.
 */
@NullMarked
package dev.earshot.gateway.recording;

import org.jspecify.annotations.NullMarked;
