package dev.earshot.gateway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.RowInventory.Expected;
import dev.earshot.gateway.recording.RowInventory.Holding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An object of 10 bytes in generation 2, and what its row may say. */
class FlawTest {
    @ParameterizedTest(name = "{0} in generation {1} with {2} bytes")
    @CsvSource({
        "READY,2,10,",
        "READY,2,11,SIZE_DIFFERS",
        "READY,3,10,OBJECT_OF_OLD_GENERATION",
        "READY,1,10,OBJECT_OF_LATER_GENERATION",
        "COMING,2,0,",
        "COMING,3,0,OBJECT_OF_OLD_GENERATION",
        "COMING,1,0,OBJECT_OF_LATER_GENERATION",
        "EVICTED,2,0,OBJECT_OF_OLD_GENERATION",
        "EVICTED,3,0,OBJECT_OF_OLD_GENERATION",
        "EVICTED,1,0,OBJECT_OF_LATER_GENERATION",
        "DELETED,2,0,OBJECT_OF_DELETED",
        "DELETED,1,0,OBJECT_OF_DELETED",
        "DELETED,3,0,OBJECT_OF_DELETED"
    })
    void whatTheRowSaysDecides(Expected expected, int generation, long size, @Nullable Flaw flaw) {
        Holding row = new Holding(
                new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "0".repeat(32))),
                expected,
                generation,
                size);

        assertThat(Flaw.of(2, 10, Optional.of(row))).isEqualTo(Optional.ofNullable(flaw));
    }

    @Test
    void withoutARowItIsNobodys() {
        assertThat(Flaw.of(2, 10, Optional.empty())).contains(Flaw.OBJECT_WITHOUT_ROW);
    }
}
