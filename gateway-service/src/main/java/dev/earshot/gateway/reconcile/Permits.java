package dev.earshot.gateway.reconcile;

import java.util.concurrent.atomic.AtomicInteger;

/** What one run may still delete of which no row tells. */
final class Permits {
    private final AtomicInteger unknown;

    Permits(int unknown) {
        this.unknown = new AtomicInteger(unknown);
    }

    /** Whether this leftover may be deleted; asking uses a permit up. Any thread. */
    boolean take(Flaw flaw) {
        return flaw != Flaw.OBJECT_WITHOUT_ROW || unknown.getAndDecrement() > 0;
    }
}
