package dev.earshot.gateway.played;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.recording.PlayTimes.Played;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What was played and is not written yet, and what was written lately and need not be again. Any thread. */
final class PlayNotes {
    /** A row that somebody else holds is left out of a statement; one that is left out again and again is not there. */
    private static final int TRIES = 3;

    private final long everyNanos;
    private final int most;
    private final LongSupplier nanos;
    private final Map<RecordingKey, Note> noted = new LinkedHashMap<>();
    /** In the order of their writing, so that the oldest are the first. */
    private final Map<RecordingKey, Long> writtenAt = new LinkedHashMap<>();

    private record Note(long atNanos, int tries) {}

    /**
     * @param most of each kind: noted, and written lately
     * @param nanos a clock that never goes back, for differences alone
     */
    PlayNotes(Duration every, int most, LongSupplier nanos) {
        this.everyNanos = every.toNanos();
        this.most = most;
        this.nanos = nanos;
    }

    /** False if there was no room for it. */
    synchronized boolean note(RecordingKey key) {
        long now = nanos.getAsLong();
        Long written = writtenAt.get(key);
        if (written != null && !isOver(written, now)) {
            return true;
        }
        if (noted.size() >= most && !noted.containsKey(key)) {
            return false;
        }
        noted.put(key, new Note(now, 0));
        return true;
    }

    /** Takes the oldest notes to write them. */
    synchronized List<Taken> take(int atMost) {
        long now = nanos.getAsLong();
        List<Taken> taken = new ArrayList<>();
        Iterator<Map.Entry<RecordingKey, Note>> notes = noted.entrySet().iterator();
        while (taken.size() < atMost && notes.hasNext()) {
            Map.Entry<RecordingKey, Note> next = notes.next();
            Note note = next.getValue();
            Played played = new Played(next.getKey(), Duration.ofNanos(now - note.atNanos()));
            taken.add(new Taken(played, note.atNanos(), note.tries() + 1));
            notes.remove();
        }
        return taken;
    }

    /** What was taken and the database has now. The rest is noted again, for a bounded number of times. */
    synchronized void settle(List<Taken> taken, Collection<RecordingKey> written) {
        Set<RecordingKey> known = new HashSet<>(written);
        for (Taken each : taken) {
            RecordingKey key = each.played().key();
            if (known.contains(key)) {
                remember(key, each.atNanos());
            } else if (each.tries() < TRIES && noted.size() < most) {
                noted.putIfAbsent(key, new Note(each.atNanos(), each.tries()));
            }
        }
    }

    private void remember(RecordingKey key, long atNanos) {
        writtenAt.remove(key);
        writtenAt.put(key, atNanos);
        long now = nanos.getAsLong();
        Iterator<Long> oldest = writtenAt.values().iterator();
        while (oldest.hasNext() && (isOver(oldest.next(), now) || writtenAt.size() > most)) {
            oldest.remove();
        }
    }

    private boolean isOver(long writtenAtNanos, long now) {
        return now - writtenAtNanos >= everyNanos;
    }

    /** How many wait to be written. */
    synchronized int waiting() {
        return noted.size();
    }

    /**
     * One note on its way to the database.
     *
     * @param atNanos when it was made
     * @param tries how often it was taken
     */
    record Taken(Played played, long atNanos, int tries) {}
}
