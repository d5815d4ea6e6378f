/**
 * TCP relays in front of PostgreSQL, Kafka, S3 and the simulator, so that a test can make each of them fail alone.
 *
 * <p>A relay is one verticle: everything in it happens on one event loop, so nothing here is locked. States:
 *
 * <pre>
 *            cut                        stall
 *   cut ◀──────────── passing ────────────────▶ stalled
 *    └────heal───────▶   ▲ delay(millis) ◀───heal────┘
 * </pre>
 *
 * <p>Single connections can be abandoned in any state: they stay open and dead until a heal or a cut resets them.
 *
 * <p>Invariants: bytes of one direction keep their order in every state; what a stall held back is passed on when it is healed; a slow
 * reader slows its sender down (back-pressure), memory does not grow.
 */
@NullMarked
package dev.earshot.local.relay;

import org.jspecify.annotations.NullMarked;
