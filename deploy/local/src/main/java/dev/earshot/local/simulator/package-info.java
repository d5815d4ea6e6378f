/**
 * A stand-in for Twilio's REST API, version 2010-04-01, as far as recordings go, and for its signed webhooks; with a control API
 * that gives each recording a behaviour, good or bad, and counts what was asked for.
 *
 * <p>Actors: the fetcher (media, metadata, lists), tests and the front door (control under {@code /simulator}), the gateway (receives
 * webhooks). Sources are the pages of Twilio's documentation that each class names. Invariants: media is streamed with back-pressure and
 * never held in memory; what misbehaves is only what was told to.
 */
@NullMarked
package dev.earshot.local.simulator;

import org.jspecify.annotations.NullMarked;
