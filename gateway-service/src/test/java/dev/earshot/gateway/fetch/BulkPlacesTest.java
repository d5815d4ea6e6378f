package dev.earshot.gateway.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.recording.Claim;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingsUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkPlacesTest {
    /** The fillings that were begun; each ends when the test says so. */
    private final List<UniEmitter<? super List<Claim>>> fillings = new ArrayList<>();

    private final BulkPlaces places = new BulkPlaces(new Rows(), claim -> {}, () -> 20, new SimpleMeterRegistry());

    @Test
    void anOutcomeHasTheFreePlaceFilledAtOnce() {
        places.freed();

        assertThat(fillings).hasSize(1);
    }

    @Test
    void whateverEndsDuringAFillingIsOneMore() {
        for (int outcome = 0; outcome < 10; outcome++) {
            places.freed();
        }
        assertThat(fillings).hasSize(1);

        fillings.getFirst().complete(List.of());

        assertThat(fillings).hasSize(2);
        fillings.getLast().complete(List.of());
        assertThat(fillings).hasSize(2);
    }

    @Test
    void aDatabaseThatIsAwayDoesNotEndTheFilling() {
        places.freed();
        fillings.getFirst().fail(new RecordingsUnavailableException(new IllegalStateException("down")));

        places.freed();

        assertThat(fillings).hasSize(2);
    }

    @Test
    void whereBulkIsSwitchedOffNothingIsAsked() {
        BulkPlaces none = new BulkPlaces(new Rows(), claim -> {}, () -> 0, new SimpleMeterRegistry());

        none.freed();

        assertThat(fillings).isEmpty();
    }

    /** Only bulk is asked for here. */
    private final class Rows implements DueWork {
        @Override
        public Uni<List<Claim>> startBulk(int inFlight) {
            return Uni.createFrom().emitter(fillings::add);
        }

        @Override
        public Uni<List<Claim>> startInteractive(int atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<Claim>> unpublished(int atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<Recording>> silent(int atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<Announcement>> announcements(int atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> announced(Announcement announcement) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<Purge>> purges(int atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> purged(Purge purge, boolean nothingFound) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Pending> pending() {
            throw new UnsupportedOperationException();
        }
    }
}
