package dev.earshot.fetcher.store;

import org.jspecify.annotations.Nullable;

/** Entity tags as our events carry them: opaque, without quotes. */
final class Etags {
    private Etags() {}

    static String bare(@Nullable String etag) {
        if (etag == null) {
            throw new IllegalStateException("the store gave no ETag");
        }
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }
}
