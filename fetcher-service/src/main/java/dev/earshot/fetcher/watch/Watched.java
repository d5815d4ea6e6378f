package dev.earshot.fetcher.watch;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What some files say, read again and again. One thread looks at a time; any may read.
 *
 * <pre>
 * VALID ── the same failure at two looks ─▶ INVALID (ERROR, once for each different failure; the last good state stays)
 *   ▲                                          │
 *   └───────────── read well (INFO) ───────────┘
 * </pre>
 *
 * A failure, and a change, counts when it is met twice, since a file that is being written or replaced is no mistake of
 * anybody's.
 *
 * @param <T> one state as a whole, with an {@code equals} of its content
 */
public final class Watched<T> implements Supplier<T> {
    private static final Logger LOG = Logger.getLogger(Watched.class);
    private static final String NONE = "";

    private final String name;
    private final Supplier<T> read;
    private final Predicate<T> isEmpty;
    private volatile T current;
    private volatile boolean valid = true;
    private T seen;
    private String met = NONE;
    private String told = NONE;

    /**
     * Reads for the first time.
     *
     * @param name of what is watched, for the log
     * @param read the files; its exceptions name file and field, and quote no secret
     * @param isEmpty whether a state is that of a folder without files: where there were some, it is a mistake, since a mount
     *     that is lost looks so
     * @throws RuntimeException that of {@code read}
     */
    public Watched(String name, Supplier<T> read, Predicate<T> isEmpty) {
        this.name = name;
        this.read = read;
        this.isEmpty = isEmpty;
        this.current = read.get();
        this.seen = current;
    }

    /** The last state that could be read. */
    @Override
    public T get() {
        return current;
    }

    /** False while the files cannot be read as they are. */
    public boolean valid() {
        return valid;
    }

    /** Reads again. Blocks; never fails. */
    public synchronized void look() {
        T next;
        try {
            next = read.get();
        } catch (RuntimeException e) {
            failed(String.valueOf(e.getMessage()));
            return;
        }
        if (isEmpty.test(next) && !isEmpty.test(current)) {
            failed("no file is left, as if the folder was not mounted; a restart takes it for what it is");
            return;
        }
        if (!valid) {
            LOG.infof("The files of %s are valid again", name);
        }
        valid = true;
        met = NONE;
        told = NONE;
        // A file that is replaced may be missing for a moment, so a change too counts when it is met twice.
        if (!next.equals(current) && next.equals(seen)) {
            current = next;
            LOG.infof("The files of %s have changed and are in force", name);
        }
        seen = next;
    }

    private void failed(String failure) {
        if (failure.equals(met) && !failure.equals(told)) {
            valid = false;
            told = failure;
            LOG.errorf("The files of %s are not valid; what was read before stays in force: %s", name, failure);
        }
        met = failure;
    }
}
