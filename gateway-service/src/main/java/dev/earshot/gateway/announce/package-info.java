/**
 * Tells the world the accepted last word on each recording, on the compacted topic.
 *
 * <p>Actors: the sweeper leases changed rows and hands them over; anyone may read the topic.
 *
 * <p>Invariants: the gateway is the topic's one writer; of one recording one announcement is on its way at a time, so
 * the last one on the topic is the last word.
 */
@NullMarked
package dev.earshot.gateway.announce;

import org.jspecify.annotations.NullMarked;
