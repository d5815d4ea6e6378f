/**
 * What the fetcher saw in the accounts' lists becomes known here, so that nothing is missed when a webhook is lost.
 *
 * <p>Actors: the fetcher tells; recordings are registered; an operator asks for backfills and reads how far they are.
 *
 * <p>Invariants: whose a recording is comes from configuration alone; of a shared account's recordings that nobody has
 * claimed no row is made; a record is acknowledged only after its effect; a backfill's row is due again until it is done, so
 * that whatever process dies, it goes on.
 */
@NullMarked
package dev.earshot.gateway.discovery;

import org.jspecify.annotations.NullMarked;
