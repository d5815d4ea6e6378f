/** The lists of accounts, without Twilio. */
@NullMarked
package dev.earshot.fetcher.listing;

import org.jspecify.annotations.NullMarked;
