package dev.earshot.gateway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.doctor.store.Probe;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.RowInventory.Expected;
import dev.earshot.gateway.recording.RowInventory.Holding;
import dev.earshot.gateway.store.StoreInventory.Listed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MergeWalkTest {
    private static final long SIZE = 10;

    @Test
    void whatFitsRaisesNoSuspicion() {
        List<String> objects = List.of(object("acme", 1, 1), object("acme", 2, 3));
        List<Holding> rows = List.of(ready("acme", 1, 1), ready("acme", 2, 3));

        assertThat(walk(objects, rows, 100)).isEmpty();
    }

    @Test
    void aTenantWhoseNameGoesOnComesBeforeTheShorterOne() {
        List<String> objects = List.of(object("a-b", 1, 1), object("a.b", 1, 1), object("a", 1, 1), object("a0", 1, 1));
        List<Holding> rows = List.of(ready("a-b", 1, 1), ready("a.b", 1, 1), ready("a", 1, 1), ready("a0", 1, 1));

        assertThat(walk(objects, rows, 1)).isEmpty();
    }

    @Test
    void theTenthGenerationComesBeforeTheSecondAndBothMeetTheirRow() {
        List<String> objects = List.of(object("acme", 1, 10), object("acme", 1, 2), object("acme", 1, 9));

        assertThat(walk(objects, List.of(ready("acme", 1, 9)), 1))
                .containsExactly(object("acme", 1, 10), object("acme", 1, 2));
        assertThat(walk(objects, List.of(ready("acme", 1, 10)), 1))
                .containsExactly(object("acme", 1, 2), object("acme", 1, 9));
    }

    @Test
    void whatIsOnOneSideOnlyIsFoundAtEitherEndAndInTheMiddle() {
        List<String> objects = List.of(object("acme", 1, 1), object("acme", 3, 1), object("acme", 5, 1));
        List<Holding> rows =
                List.of(ready("acme", 0, 1), ready("acme", 2, 1), ready("acme", 3, 1), ready("acme", 6, 1));

        for (int page = 1; page <= 5; page++) {
            assertThat(walk(objects, rows, page))
                    .containsExactly(
                            object("acme", 0, 1),
                            object("acme", 1, 1),
                            object("acme", 2, 1),
                            object("acme", 5, 1),
                            object("acme", 6, 1));
        }
    }

    @Test
    void onlyAReadyRowMissesItsObject() {
        List<Holding> rows = List.of(
                row("acme", 1, Expected.COMING, 1),
                row("acme", 2, Expected.EVICTED, 1),
                row("acme", 3, Expected.DELETED, 1));

        assertThat(walk(List.of(), rows, 2)).isEmpty();
    }

    @Test
    void peaksAreSuspiciousOnlyWithoutTheirAudio() {
        List<String> objects = List.of(
                object("acme", 1, 1),
                peaks("acme", 1, 1),
                peaks("acme", 2, 1),
                object("acme", 3, 1),
                peaks("acme", 3, 10),
                peaks("acme", 4, 1));
        List<Holding> rows = List.of(
                ready("acme", 1, 1), row("acme", 2, Expected.COMING, 1), ready("acme", 3, 1), ready("acme", 4, 1));

        for (int page = 1; page <= 4; page++) {
            assertThat(walk(objects, rows, page))
                    .containsExactly(
                            peaks("acme", 2, 1), peaks("acme", 3, 10), peaks("acme", 4, 1), object("acme", 4, 1));
        }
    }

    @Test
    void whatIsNotOursIsCountedAndLeftAlone() {
        List<String> objects = List.of(
                "0-readme.txt",
                Probe.KEY,
                "_listing/AC1/mark",
                object("acme", 1, 1),
                object("acme", 1, 1) + ".bak",
                "zebra/\uD83E\uDD93");
        MergeWalk walk = new MergeWalk();

        assertThat(run(walk, objects, List.of(ready("acme", 1, 1)), 2)).isEmpty();
        assertThat(walk.counts()).isEqualTo(new MergeWalk.Counts(1, 1, 2, 3));
    }

    @Test
    void keysAreComparedByTheirBytesAsStoresDo() {
        // In UTF-16 the second would come first.
        List<String> objects = List.of("x\uFF5E", "x\uD83E\uDD93");

        assertThat(walk(objects, List.of(), 1)).isEmpty();
    }

    @Test
    void aStoreThatDoesNotListInOrderIsNotBelieved() {
        MergeWalk walk = new MergeWalk();

        assertThatThrownBy(() -> walk.addObjects(List.of(listed(object("b", 1, 1)), listed(object("a", 1, 1))), false))
                .isInstanceOf(MergeWalk.UnsortedException.class);
        assertThatThrownBy(() -> new MergeWalk().addRows(List.of(ready("a", 1, 1), ready("a-b", 1, 1)), false))
                .isInstanceOf(MergeWalk.UnsortedException.class);
    }

    @Test
    void anyMixtureIsToldExactly() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            TreeSet<String> objects = new TreeSet<>();
            List<Holding> rows = new ArrayList<>();
            TreeSet<String> expected = new TreeSet<>();
            for (int i = 0; i < 60; i++) {
                String tenant = List.of("a", "a-b", "a.c", "b").get(random.nextInt(4));
                String key = object(tenant, i, 1);
                boolean stored = random.nextBoolean();
                boolean known = random.nextBoolean();
                if (stored) {
                    objects.add(key);
                }
                if (known) {
                    rows.add(ready(tenant, i, 1));
                }
                if (stored != known) {
                    expected.add(key);
                }
            }
            rows.sort(Comparator.comparing(row -> row.key().objectPrefix()));

            assertThat(walk(List.copyOf(objects), rows, 1 + random.nextInt(20))).containsExactlyElementsOf(expected);
        }
    }

    private static List<String> walk(List<String> objects, List<Holding> rows, int page) {
        return run(new MergeWalk(), objects, rows, page);
    }

    private static List<String> run(MergeWalk walk, List<String> objects, List<Holding> rows, int page) {
        List<String> suspects = new ArrayList<>();
        int nextObject = 0;
        int nextRow = 0;
        while (!walk.ended()) {
            if (walk.wantsObjects()) {
                int end = Math.min(objects.size(), nextObject + page);
                walk.addObjects(
                        objects.subList(nextObject, end).stream()
                                .map(MergeWalkTest::listed)
                                .toList(),
                        end < objects.size());
                nextObject = end;
            }
            if (walk.wantsRows()) {
                int end = Math.min(rows.size(), nextRow + page);
                walk.addRows(rows.subList(nextRow, end), end - nextRow == page);
                nextRow = end;
            }
            walk.advance().stream().map(AudioKey::text).forEach(suspects::add);
        }
        return suspects;
    }

    private static Listed listed(String key) {
        return new Listed(key, SIZE, Instant.EPOCH);
    }

    private static Holding ready(String tenant, int number, int generation) {
        return row(tenant, number, Expected.READY, generation);
    }

    private static Holding row(String tenant, int number, Expected expected, int generation) {
        return new Holding(key(tenant, number), expected, generation, expected == Expected.READY ? SIZE : 0);
    }

    private static String object(String tenant, int number, int generation) {
        return key(tenant, number).objectKey(generation);
    }

    private static String peaks(String tenant, int number, int generation) {
        return key(tenant, number).peaksKey(generation);
    }

    private static RecordingKey key(String tenant, int number) {
        return new RecordingKey(new Tenant(tenant), new RecordingSid(String.format("RE%032x", number)));
    }
}
