/**
 * What this process says of itself to an orchestrator.
 *
 * <p>Purpose: readiness fails for start-up and draining alone. Kafka, the object store and each Twilio account are
 * named as degraded in the health body: a restart or a taken-away replica would heal none of them.
 *
 * <p>Actors: the adapters report what they last saw; the orchestrator and operators read.
 *
 * <p>Invariants: liveness depends on nothing that is shared; no check calls a dependency, so a slow one cannot make
 * health slow.
 */
@NullMarked
package dev.earshot.fetcher.health;

import org.jspecify.annotations.NullMarked;
