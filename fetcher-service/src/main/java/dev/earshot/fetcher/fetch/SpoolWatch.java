package dev.earshot.fetcher.fetch;

import dev.earshot.fetcher.failure.Trouble.SpoolFailed;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.health.Dependencies;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Tells health how the spool does, and a person, once, what is wrong with it: no fetch succeeds without it. */
@Singleton
class SpoolWatch {
    private static final Logger LOG = Logger.getLogger(SpoolWatch.class);
    private static final String NAME = "spool";

    private final Dependencies dependencies;
    private final AtomicBoolean failing = new AtomicBoolean();

    @Inject
    SpoolWatch(Dependencies dependencies) {
        this.dependencies = dependencies;
    }

    /** A download lies in it. */
    void works() {
        dependencies.ok(NAME);
        if (failing.compareAndSet(true, false)) {
            LOG.info("The spool takes downloads again");
        }
    }

    void met(Throwable failure) {
        if (failure instanceof TroubleException named && named.trouble() instanceof SpoolFailed spool) {
            dependencies.degraded(NAME, spool.detail());
            if (failing.compareAndSet(false, true)) {
                LOG.error("A download cannot be spooled: " + spool.detail());
            }
        }
    }
}
