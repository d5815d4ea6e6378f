package dev.earshot.fetcher.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** One download's file, and its share of the budget. Closing it deletes the file and gives the share back, once. */
public final class SpoolFile implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SpoolFile.class);

    private final Path path;
    private final SpoolBudget budget;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    SpoolFile(Path path, SpoolBudget budget) {
        this.path = path;
        this.budget = budget;
    }

    public Path path() {
        return path;
    }

    /** Asks for room before bytes are written. @return false if the budget is used up */
    public boolean grow(long bytes) {
        if (closed.get() || !budget.take(bytes)) {
            return false;
        }
        taken.addAndGet(bytes);
        return true;
    }

    /** Forgets what was written, for a second download into the same file. */
    public void reset() {
        budget.giveBack(taken.getAndSet(0));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warnf("The spool file %s could not be deleted: %s", path, e.toString());
        }
        budget.giveBack(taken.getAndSet(0));
    }
}
