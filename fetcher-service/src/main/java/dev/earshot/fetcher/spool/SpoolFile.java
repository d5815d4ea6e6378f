package dev.earshot.fetcher.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * One download's file, and its share of the budget. Closing it deletes the file and gives the share back, once and as
 * soon as no reader is left. Thread-safe: whoever gives a download up may do so while it is written.
 */
public final class SpoolFile implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SpoolFile.class);

    private final Path folder;
    private final Path path;
    private final SpoolBudget budget;
    private long takenBytes;
    private boolean closed;
    private int readers;

    SpoolFile(Path folder, String name, SpoolBudget budget) {
        this.folder = folder;
        this.path = folder.resolve(name);
        this.budget = budget;
    }

    public Path folder() {
        return folder;
    }

    public Path path() {
        return path;
    }

    /**
     * Asks for room for so many bytes in all, before they are written; what was given stays.
     *
     * @return false if the budget is used up
     */
    public synchronized boolean hold(long totalBytes) {
        long more = totalBytes - takenBytes;
        if (closed || (more > 0 && !budget.take(more))) {
            return false;
        }
        takenBytes += Math.max(0, more);
        return true;
    }

    /** Forgets what was written, for a second download into the same file. */
    public synchronized void reset() {
        budget.giveBack(takenBytes);
        takenBytes = 0;
    }

    /** Keeps the file, and its share of the budget, until the reader is closed. Ask before the file is closed. */
    public synchronized Reader read() {
        readers++;
        return new Reader();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            endUnlessRead();
        }
    }

    private void endUnlessRead() {
        if (readers == 0) {
            delete();
            reset();
        }
    }

    /** For a writer who comes to know late that nobody wants the file: it may have made it anew. */
    public synchronized void deleteIfClosed() {
        if (closed) {
            delete();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warnf("The spool file %s could not be deleted: %s", path, e.toString());
        }
    }

    /** Somebody who still needs the file after the fetch has ended. */
    public final class Reader implements AutoCloseable {
        private boolean done;

        private Reader() {}

        @Override
        public void close() {
            synchronized (SpoolFile.this) {
                if (!done) {
                    done = true;
                    readers--;
                    if (closed) {
                        endUnlessRead();
                    }
                }
            }
        }
    }
}
