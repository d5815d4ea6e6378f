package dev.earshot.fetcher.spool;

import java.nio.file.Path;

/** Spools for the tests of other packages. */
public final class Spools {
    private Spools() {}

    public static Spool in(Path directory, long budgetBytes) {
        return new Spool(directory, budgetBytes);
    }
}
