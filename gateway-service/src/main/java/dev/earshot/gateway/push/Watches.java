package dev.earshot.gateway.push;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who watches what, what has to be read for them, and who is told what came of it. Knows neither HTTP nor the database.
 * Thread-safe.
 *
 * <p>Whoever joins is told by a read that begins after they joined; whoever was there is told by it only if the state is
 * another one. One batch is read at a time, so the states of one recording are told in their order.
 */
final class Watches {
    private final int most;
    private final Map<RecordingKey, Watch> watches = new HashMap<>();
    private final Map<Tenant, Set<Watcher>> tenants = new HashMap<>();
    /** What has to be read, in the order in which that became known; true if because it changed. */
    private final Map<RecordingKey, Boolean> due = new LinkedHashMap<>();

    private Map<RecordingKey, Boolean> beingRead = Map.of();
    private int watching;

    /** @param most how many (watcher, recording) pairs there may be */
    Watches(int most) {
        this.most = most;
    }

    /** Somebody who is told. Called without any lock held, by any thread, one notice at a time. */
    @FunctionalInterface
    interface Watcher {
        void tell(Notice notice);
    }

    /** All who watch one recording; those who are still to be told its state come in two turns. */
    private static final class Watch {
        private final Set<Watcher> watchers = new HashSet<>(4);
        private List<Watcher> newcomers = new ArrayList<>(1);
        private List<Watcher> greeted = List.of();
        private @Nullable String told;
    }

    /** @return false, and nothing is changed, if there is no room for so many */
    synchronized boolean join(Watcher watcher, Collection<RecordingKey> keys) {
        if (watching + keys.size() > most) {
            return false;
        }
        for (RecordingKey key : keys) {
            Watch watch = watches.computeIfAbsent(key, k -> new Watch());
            if (watch.watchers.add(watcher)) {
                watch.newcomers.add(watcher);
                watching++;
                due.putIfAbsent(key, false);
            }
        }
        return true;
    }

    /** Watches all recordings of the tenant from now on. */
    synchronized void join(Watcher watcher, Tenant tenant) {
        tenants.computeIfAbsent(tenant, t -> new HashSet<>()).add(watcher);
    }

    synchronized void leave(Watcher watcher, Collection<RecordingKey> keys) {
        for (RecordingKey key : keys) {
            Watch watch = watches.get(key);
            if (watch != null && watch.watchers.remove(watcher)) {
                watching--;
                if (watch.watchers.isEmpty()) {
                    watches.remove(key);
                }
            }
        }
    }

    synchronized void leave(Watcher watcher, Tenant tenant) {
        Set<Watcher> watchers = tenants.get(tenant);
        if (watchers != null && watchers.remove(watcher) && watchers.isEmpty()) {
            tenants.remove(tenant);
        }
    }

    /** These may have changed; what nobody watches is passed over. */
    synchronized void changed(Collection<RecordingKey> keys) {
        for (RecordingKey key : keys) {
            if (isWatched(key)) {
                due.put(key, true);
            }
        }
    }

    /** Everything may have changed. */
    synchronized void changedPerhaps() {
        watches.keySet().forEach(key -> due.putIfAbsent(key, false));
    }

    private boolean isWatched(RecordingKey key) {
        return watches.containsKey(key) || tenants.containsKey(key.tenant());
    }

    synchronized Set<Watcher> ofWholeTenants() {
        Set<Watcher> all = new HashSet<>();
        tenants.values().forEach(all::addAll);
        return all;
    }

    synchronized int size() {
        return watching;
    }

    /** What is to be read next; empty if nothing is due, or something is being read now. */
    synchronized List<RecordingKey> take(int atMost) {
        if (!beingRead.isEmpty()) {
            return List.of();
        }
        Map<RecordingKey, Boolean> batch = new HashMap<>();
        var entries = due.entrySet().iterator();
        while (entries.hasNext() && batch.size() < atMost) {
            Map.Entry<RecordingKey, Boolean> entry = entries.next();
            entries.remove();
            if (isWatched(entry.getKey())) {
                batch.put(entry.getKey(), entry.getValue());
                greet(watches.get(entry.getKey()));
            }
        }
        beingRead = batch;
        return List.copyOf(batch.keySet());
    }

    private static void greet(@Nullable Watch watch) {
        if (watch != null) {
            watch.greeted = watch.newcomers;
            watch.newcomers = new ArrayList<>(1);
        }
    }

    /** It could not be read: all of it is due again. */
    synchronized void notRead() {
        beingRead.forEach((key, changed) -> {
            due.merge(key, changed, Boolean::logicalOr);
            Watch watch = watches.get(key);
            if (watch != null) {
                watch.newcomers.addAll(watch.greeted);
                watch.greeted = List.of();
            }
        });
        beingRead = Map.of();
    }

    /**
     * What was taken is read: tells everybody whom it concerns.
     *
     * @param known the state of each recording that exists
     * @param unknown makes the notice for one that does not
     * @return how many are told of a change of each; whoever has just joined is told a state and no change
     */
    Map<RecordingKey, Integer> read(Map<RecordingKey, Notice> known, Function<RecordingKey, Notice> unknown) {
        List<Runnable> tellings = new ArrayList<>();
        Map<RecordingKey, Integer> toldOfChange = new HashMap<>();
        synchronized (this) {
            beingRead.forEach((key, changed) -> {
                int toldOf = 0;
                Notice found = known.get(key);
                Watch watch = watches.get(key);
                if (watch != null) {
                    toldOf = tell(watch, found == null ? unknown.apply(key) : found, tellings);
                }
                if (changed && found != null) {
                    Set<Watcher> ofTenant = tenants.getOrDefault(key.tenant(), Set.of());
                    ofTenant.forEach(watcher -> tellings.add(() -> watcher.tell(found)));
                    toldOf += ofTenant.size();
                }
                if (toldOf > 0) {
                    toldOfChange.put(key, toldOf);
                }
            });
        }
        tellings.forEach(Runnable::run);
        synchronized (this) {
            // Not before: the next batch's tellings must come after these.
            beingRead = Map.of();
        }
        return toldOfChange;
    }

    /** @return how many are told of a change */
    private static int tell(Watch watch, Notice notice, List<Runnable> tellings) {
        boolean another = watch.told != null && !notice.id().equals(watch.told);
        Collection<Watcher> concerned = another ? watch.watchers : watch.greeted;
        for (Watcher watcher : concerned) {
            if (another || watch.watchers.contains(watcher)) {
                tellings.add(() -> watcher.tell(notice));
            }
        }
        watch.told = notice.id();
        watch.greeted = List.of();
        return another ? concerned.size() : 0;
    }
}
