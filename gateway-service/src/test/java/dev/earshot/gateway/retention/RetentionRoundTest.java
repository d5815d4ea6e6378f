package dev.earshot.gateway.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.DueWork.Pending;
import dev.earshot.gateway.recording.Expiring;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetentionRoundTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Shelf shelf = new Shelf();
    private final List<Pending> pending = new ArrayList<>();

    /** So many recordings of 31 days for each tenant. */
    private static final class Shelf implements Expiring {
        private final Map<String, Integer> due = new TreeMap<>();
        private final List<String> calls = new ArrayList<>();

        @Override
        public Uni<List<Oldest>> oldest(Age age, Optional<Tenant> after, int atMost) {
            String from = after.map(Tenant::value).orElse("");
            return Uni.createFrom()
                    .item(due.keySet().stream()
                            .filter(name -> name.compareTo(from) > 0)
                            .limit(atMost)
                            .map(name -> new Oldest(new Tenant(name), Duration.ofDays(31)))
                            .toList());
        }

        @Override
        public Uni<Integer> expire(Age age, Tenant tenant, Duration limit, int atMost) {
            int taken = Math.min(atMost, due.getOrDefault(tenant.value(), 0));
            due.merge(tenant.value(), -taken, Integer::sum);
            calls.add(age + " " + tenant.value() + " " + taken);
            return Uni.createFrom().item(taken);
        }
    }

    /** In batches of 10, while at most 5 are pending. */
    private static final class Tens implements RetentionRoundsConfig {
        @Override
        public Duration interval() {
            return MONTH;
        }

        @Override
        public int batchSize() {
            return 10;
        }

        @Override
        public int maxPending() {
            return 5;
        }
    }

    @Test
    void eachTenantIsTakenInBatchesUntilNothingIsLeft() {
        shelf.due.put("a", 25);
        shelf.due.put("b", 10);

        RetentionRound round = run(Integer.MAX_VALUE);

        assertThat(shelf.calls)
                .containsExactly("UNPLAYED a 10", "UNPLAYED a 10", "UNPLAYED a 5", "UNPLAYED b 10", "UNPLAYED b 0");
        assertThat(round.count(Expiring.Age.UNPLAYED)).isEqualTo(35);
        assertThat(round.count(Expiring.Age.SINCE_CALL)).isZero();
        assertThat(round.anybodyWantsIt()).isTrue();
    }

    @Test
    void everyPageOfTenantsIsReached() {
        for (int i = 0; i < 250; i++) {
            shelf.due.put(String.format("t%03d", i), 1);
        }

        assertThat(run(Integer.MAX_VALUE).count(Expiring.Age.UNPLAYED)).isEqualTo(250);
    }

    @Test
    void whileMuchIsPendingNothingFurtherIsDone() {
        shelf.due.put("a", 3);
        pending.add(new Pending(4, 0, 2, 0, 0, 0, 0));

        assertThat(run(Integer.MAX_VALUE).count(Expiring.Age.UNPLAYED)).isEqualTo(3);
        assertThat(pending).isEmpty();
    }

    @Test
    void whenItsTimeIsOverTheRoundEnds() {
        shelf.due.put("a", 100);

        assertThat(run(2).count(Expiring.Age.UNPLAYED)).isEqualTo(20);
    }

    /** @param batches after which its time is over */
    private RetentionRound run(int batches) {
        AtomicInteger asked = new AtomicInteger();
        return new RetentionRound(
                        shelf,
                        () -> Uni.createFrom().item(pending.isEmpty() ? Pending.NOTHING : pending.removeFirst()),
                        new Tens(),
                        (age, tenant) -> age == Expiring.Age.UNPLAYED ? Optional.of(MONTH) : Optional.empty(),
                        () -> asked.incrementAndGet() >= batches)
                .run()
                .await()
                .atMost(PATIENCE);
    }
}
