/**
 * HAProxy in front of several gateways, as a child process.
 *
 * <p>Actors: the stack (starts it before the gateways and stops it after them), listeners and Twilio's webhooks (come through it). Invariants: it asks
 * each gateway's readiness and nothing else; a request that may have been read by a gateway is given to another one only if it may be
 * sent twice; a stream is never ended by it, only by an end of the connection on either side.
 */
@NullMarked
package dev.earshot.local.balancer;

import org.jspecify.annotations.NullMarked;
