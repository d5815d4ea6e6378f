package dev.earshot.gateway.reconcile;

import dev.earshot.gateway.recording.RowInventory.Holding;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong between a row and an object. */
enum Flaw {
    /** No row knows the recording. */
    OBJECT_WITHOUT_ROW,
    /** The recording was deleted. */
    OBJECT_OF_DELETED,
    /** The row has left this generation behind. */
    OBJECT_OF_OLD_GENERATION,
    /** The row has not reached this generation: the database was put back. The next fetch finds the object. */
    OBJECT_OF_LATER_GENERATION,
    /** The waveform of audio that is not there. */
    PEAKS_WITHOUT_AUDIO,
    /** What is there is not what was announced. */
    SIZE_DIFFERS,
    /** What was announced is not there. */
    ROW_WITHOUT_OBJECT;

    /** What is wrong with an object, given its recording's row. */
    static Optional<Flaw> of(int generation, long sizeBytes, Optional<Holding> row) {
        if (row.isEmpty()) {
            return Optional.of(OBJECT_WITHOUT_ROW);
        }
        Holding holding = row.get();
        if (generation > holding.generation()) {
            return Optional.of(
                    switch (holding.expected()) {
                        case DELETED -> OBJECT_OF_DELETED;
                        case READY, COMING, EVICTED -> OBJECT_OF_LATER_GENERATION;
                    });
        }
        boolean current = generation == holding.generation();
        return switch (holding.expected()) {
            case DELETED -> Optional.of(OBJECT_OF_DELETED);
            case EVICTED -> Optional.of(OBJECT_OF_OLD_GENERATION);
            case COMING -> current ? Optional.empty() : Optional.of(OBJECT_OF_OLD_GENERATION);
            case READY -> {
                if (!current) {
                    yield Optional.of(OBJECT_OF_OLD_GENERATION);
                }
                yield sizeBytes == holding.sizeBytes() ? Optional.empty() : Optional.of(SIZE_DIFFERS);
            }
        };
    }

    /** Whether the object is nobody's, and deleting it mends the matter. */
    boolean isLeftover() {
        return switch (this) {
            case OBJECT_WITHOUT_ROW, OBJECT_OF_DELETED, OBJECT_OF_OLD_GENERATION, PEAKS_WITHOUT_AUDIO -> true;
            case OBJECT_OF_LATER_GENERATION, SIZE_DIFFERS, ROW_WITHOUT_OBJECT -> false;
        };
    }

    /** In lines, metrics and documentation, for example {@code row-without-object}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
