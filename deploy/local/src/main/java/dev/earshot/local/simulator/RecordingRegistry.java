package dev.earshot.local.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** All recordings of all accounts, while the simulator runs. */
final class RecordingRegistry {
    private static final Comparator<SimulatedRecording> NEWEST_FIRST = Comparator.comparing(
                    (SimulatedRecording recording) -> recording.facts().startedAt())
            .thenComparing(recording -> recording.facts().recordingSid())
            .reversed();

    private final Map<String, SimulatedRecording> bySid = new ConcurrentHashMap<>();

    /** False if the SID is taken. */
    boolean add(SimulatedRecording recording) {
        return bySid.putIfAbsent(recording.facts().recordingSid(), recording) == null;
    }

    Optional<SimulatedRecording> bySid(String recordingSid) {
        return Optional.ofNullable(bySid.get(recordingSid));
    }

    List<SimulatedRecording> list(Predicate<SimulatedRecording> wanted) {
        return bySid.values().stream().filter(wanted).sorted(NEWEST_FIRST).toList();
    }

    void clear() {
        bySid.clear();
    }
}
