/**
 * The gateway: answers playback requests at once, keeps what is known about each recording, and asks the fetcher for
 * what is missing. It never calls Twilio and never blocks an event loop.
 */
@NullMarked
package dev.earshot.gateway;

import org.jspecify.annotations.NullMarked;
