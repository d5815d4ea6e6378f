package dev.earshot.manifests;

import java.util.ArrayList;
import java.util.List;

/** Collects what does not hold, so that a test tells all of it at once. */
final class Problems {
    private final String where;
    private final List<String> found;

    Problems(String where) {
        this(where, new ArrayList<>());
    }

    private Problems(String where, List<String> found) {
        this.where = where;
        this.found = found;
    }

    /** The same collection, for something inside. */
    Problems of(String part) {
        return new Problems(where + ": " + part, found);
    }

    void require(boolean holds, String problem) {
        if (!holds) {
            found.add(where + ": " + problem);
        }
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
