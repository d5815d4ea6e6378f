package dev.earshot.gateway.recording;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What comes into the store and what leaves it, by the rows' transitions: the sum of a million rows is not for every
 * scrape. A transition whose transaction is rolled back has been counted all the same; that is rare, and no account is
 * settled by it.
 */
@Startup
@ApplicationScoped
class StoreGrowth {
    private final Counter recordingsAdded;
    private final Counter recordingsRemoved;
    private final Counter bytesAdded;
    private final Counter bytesRemoved;

    StoreGrowth(MeterRegistry meters) {
        recordingsAdded = recordings(meters, "added");
        recordingsRemoved = recordings(meters, "removed");
        bytesAdded = bytes(meters, "added");
        bytesRemoved = bytes(meters, "removed");
    }

    /** The audio that a row stands for; -1 if for none. */
    static long storedBytes(RecordingRow row) {
        if (row.state != RecordingRow.State.READY) {
            return -1;
        }
        Long size = row.objectSizeBytes;
        return size == null ? 0 : size;
    }

    /** @param before and what it was before */
    void changed(long before, RecordingRow row) {
        long after = storedBytes(row);
        if (before < 0 && after >= 0) {
            recordingsAdded.increment();
            bytesAdded.increment(after);
        } else if (before >= 0 && after < 0) {
            recordingsRemoved.increment();
            bytesRemoved.increment(before);
        }
    }

    private static Counter recordings(MeterRegistry meters, String change) {
        return Counter.builder("earshot.store.recordings")
                .description("Recordings that became ready, or ceased to be: evicted, deleted or vanished")
                .tag("change", change)
                .register(meters);
    }

    private static Counter bytes(MeterRegistry meters, String change) {
        return Counter.builder("earshot.store.audio")
                .description("Audio of recordings that became ready, or ceased to be")
                .baseUnit("bytes")
                .tag("change", change)
                .register(meters);
    }
}
