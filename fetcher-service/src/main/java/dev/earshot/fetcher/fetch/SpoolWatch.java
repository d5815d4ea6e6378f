package dev.earshot.fetcher.fetch;

import dev.earshot.fetcher.failure.Trouble.SpoolFailed;
import dev.earshot.fetcher.failure.Trouble.SpoolFull;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.health.Dependencies;
import dev.earshot.fetcher.spool.Spool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Tells health how the spool does, and the log each change of it once:
 *
 * <pre>
 *           ┌─ no room for a download ─▶ FULL ─── half of it is free ──▶ WORKING
 * WORKING ──┤  (WARN: it heals itself)    │
 *           └─ its disk fails ─────────▶ BROKEN ─ a download lies in it ─▶ WORKING
 *              (ERROR: a person mends it)
 * </pre>
 *
 * A spool that works at its limit refuses one download and takes the next, so FULL does not end with the first room.
 */
@Singleton
class SpoolWatch {
    private static final Logger LOG = Logger.getLogger(SpoolWatch.class);
    private static final String NAME = "spool";

    private enum State {
        WORKING,
        FULL,
        BROKEN
    }

    private final Spool spool;
    private final Dependencies dependencies;
    private State state = State.WORKING;

    @Inject
    SpoolWatch(Spool spool, Dependencies dependencies) {
        this.spool = spool;
        this.dependencies = dependencies;
    }

    /** A download lies in it. */
    synchronized void works() {
        if (state == State.BROKEN) {
            LOG.info("The spool takes downloads again");
            state = State.WORKING;
        }
        if (state == State.WORKING) {
            dependencies.ok(NAME);
        }
    }

    /** A download has left it, whether it was stored or given up. */
    synchronized void left() {
        if (state == State.FULL && spool.isHalfFree()) {
            LOG.info("Half of the spool is free again");
            state = State.WORKING;
            dependencies.ok(NAME);
        }
    }

    void met(Throwable failure) {
        if (failure instanceof TroubleException named) {
            if (named.trouble() instanceof SpoolFull(String detail)) {
                full(detail);
            } else if (named.trouble() instanceof SpoolFailed(String detail)) {
                broken(detail);
            }
        }
    }

    private synchronized void full(String detail) {
        if (state == State.WORKING) {
            LOG.warn("A download waits for room: " + detail);
            state = State.FULL;
            dependencies.degraded(NAME, detail);
        }
    }

    private synchronized void broken(String detail) {
        if (state != State.BROKEN) {
            LOG.error("A download cannot be spooled: " + detail);
            state = State.BROKEN;
        }
        dependencies.degraded(NAME, detail);
    }
}
