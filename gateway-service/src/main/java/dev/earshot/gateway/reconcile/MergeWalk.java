package dev.earshot.gateway.reconcile;

import dev.earshot.gateway.recording.RowInventory.Expected;
import dev.earshot.gateway.recording.RowInventory.Holding;
import dev.earshot.gateway.store.StoreInventory.Listed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Two walks in the same order, merged: pages of objects and pages of rows go in, what does not fit comes out. Holds no more
 * than one page of each. Pure.
 */
final class MergeWalk {
    /** The fetcher's own book-keeping, and what the doctors prove the store with: nobody's recordings. */
    private static final List<String> MARKS = List.of("_listing/", "_doctor/");

    private final Deque<Listed> objects = new ArrayDeque<>();
    private final Deque<Holding> rows = new ArrayDeque<>();
    private boolean moreObjects = true;
    private boolean moreRows = true;
    /** Whether the object of the first row came by. */
    private boolean found;
    /** The last audio that came by: its peaks follow it at once. */
    private Optional<AudioKey> lastAudio = Optional.empty();

    private String lastObject = "";
    private String lastRow = "";
    private long objectCount;
    private long rowCount;
    private long markCount;
    private long foreignCount;

    /** @throws UnsortedException if a key does not come after the one before, byte by byte */
    void addObjects(List<Listed> page, boolean more) {
        for (Listed object : page) {
            lastObject = after(lastObject, object.key());
            objects.add(object);
        }
        moreObjects = more && !page.isEmpty();
    }

    /** @throws UnsortedException as {@link #addObjects} does */
    void addRows(List<Holding> page, boolean more) {
        for (Holding row : page) {
            lastRow = after(lastRow, row.key().objectPrefix());
            rows.add(row);
        }
        moreRows = more && !page.isEmpty();
    }

    private static String after(String before, String key) {
        if (compare(before, key) >= 0) {
            throw new UnsortedException();
        }
        return key;
    }

    /** As stores order keys: UTF-8, byte by byte. */
    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    boolean wantsObjects() {
        return objects.isEmpty() && moreObjects;
    }

    boolean wantsRows() {
        return rows.isEmpty() && moreRows;
    }

    boolean ended() {
        return objects.isEmpty() && rows.isEmpty() && !moreObjects && !moreRows;
    }

    /**
     * Goes on until one side is used up.
     *
     * @return what does not fit, to be looked at again: objects that are there, or should be
     */
    List<AudioKey> advance() {
        List<AudioKey> suspicions = new ArrayList<>();
        while (!wantsObjects() && !wantsRows() && !ended()) {
            if (objects.isEmpty()) {
                leave(rows.remove(), suspicions);
            } else {
                Optional<AudioKey> key = AudioKey.parse(objects.element().key());
                if (key.isEmpty()) {
                    pass(objects.remove());
                } else {
                    meet(key.get(), suspicions);
                }
            }
        }
        return suspicions;
    }

    private void meet(AudioKey key, List<AudioKey> suspicions) {
        int order = rows.isEmpty()
                ? -1
                : compare(key.recording().objectPrefix(), rows.element().key().objectPrefix());
        if (order > 0) {
            leave(rows.remove(), suspicions);
            return;
        }
        Listed object = objects.remove();
        objectCount++;
        if (key.part() == AudioKey.Part.PEAKS) {
            if (!lastAudio.equals(Optional.of(key.audio()))) {
                suspicions.add(key);
            }
            return;
        }
        lastAudio = Optional.of(key);
        Optional<Holding> row = order == 0 ? Optional.of(rows.element()) : Optional.empty();
        found = found || row.isPresent() && row.get().generation() == key.generation();
        if (Flaw.of(key.generation(), object.sizeBytes(), row).isPresent()) {
            suspicions.add(key);
        }
    }

    /** No object of this row follows. */
    private void leave(Holding row, List<AudioKey> suspicions) {
        rowCount++;
        if (row.expected() == Expected.READY && !found) {
            suspicions.add(AudioKey.of(row.key(), row.generation()));
        }
        found = false;
    }

    private void pass(Listed object) {
        if (MARKS.stream().anyMatch(object.key()::startsWith)) {
            markCount++;
        } else {
            foreignCount++;
        }
    }

    /** Where the listing goes on. */
    String lastObject() {
        return lastObject;
    }

    /** Where the rows go on. */
    String lastRow() {
        return lastRow;
    }

    Counts counts() {
        return new Counts(objectCount, rowCount, markCount, foreignCount);
    }

    /**
     * What came by so far.
     *
     * @param marks of the fetcher's listing
     * @param foreign under keys that are not ours
     */
    record Counts(long objects, long rows, long marks, long foreign) {}

    /** One of the walks is not in the order that the merge needs; nothing that it finds can be trusted. */
    static final class UnsortedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsortedException() {
            super("the store or the database does not list in the order of bytes");
        }
    }
}
