package dev.earshot.gateway.reconcile;

import dev.earshot.gateway.store.StoreInventory.Listed;
import java.util.Locale;
import java.util.Optional;

/**
 * What was found, twice.
 *
 * @param object where it is, or should be
 * @param listed what is there
 * @param action what was done about it
 */
record Finding(Flaw flaw, AudioKey object, Optional<Listed> listed, Action action) {
    /** What was done. */
    enum Action {
        /** Nothing was to be mended. */
        REPORTED,
        /** The object is gone. */
        DELETED,
        /** The row began its next generation. */
        FETCHED_ANEW,
        /** It is too young to be deleted. */
        TOO_YOUNG,
        /** It mends itself when somebody plays the recording. */
        LEFT,
        /** Too many objects, or too many rows, are missing: store and database may not belong together. */
        BREAKER_OPEN;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
