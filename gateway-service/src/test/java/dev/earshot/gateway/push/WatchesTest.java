package dev.earshot.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.push.Watches.Watcher;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchesTest {
    private static final Tenant ACME = new Tenant("acme");
    private static final RecordingKey ONE = key("acme", 1);
    private static final RecordingKey TWO = key("acme", 2);
    private static final RecordingKey FOREIGN = key("globex", 1);

    private final Watches watches = new Watches(10);

    @Test
    void whoeverJoinsIsToldTheStateAndThenEachChange() {
        Ear ear = new Ear();
        watches.join(ear, List.of(ONE));
        readAll("fetching");
        watches.changed(List.of(ONE));
        readAll("ready");

        assertThat(ear.heard).containsExactly("fetching", "ready");
    }

    @Test
    void aThousandWhoWatchOneRecordingCostOneRead() {
        Watches many = new Watches(1000);
        List<Ear> ears = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Ear ear = new Ear();
            ears.add(ear);
            many.join(ear, List.of(ONE));
        }

        assertThat(many.take(500)).containsExactly(ONE);
        many.read(Map.of(ONE, notice(ONE, "ready")), WatchesTest::unknown);

        assertThat(many.take(500)).isEmpty();
        assertThat(ears).allSatisfy(ear -> assertThat(ear.heard).containsExactly("ready"));
    }

    @Test
    void whatDidNotChangeIsToldToNewcomersAlone() {
        Ear old = new Ear();
        watches.join(old, List.of(ONE));
        readAll("fetching");
        Ear fresh = new Ear();
        watches.join(fresh, List.of(ONE));
        readAll("fetching");
        watches.changedPerhaps();
        readAll("fetching");

        assertThat(old.heard).containsExactly("fetching");
        assertThat(fresh.heard).containsExactly("fetching");
    }

    @Test
    void whoeverJoinsDuringAReadIsToldByTheNextOne() {
        watches.join(new Ear(), List.of(ONE));
        List<RecordingKey> batch = watches.take(10);
        Ear late = new Ear();
        watches.join(late, List.of(ONE));
        watches.read(Map.of(ONE, notice(ONE, "fetching")), WatchesTest::unknown);
        List<String> heardOfTheFirst = List.copyOf(late.heard);
        readAll("ready");

        assertThat(batch).containsExactly(ONE);
        assertThat(heardOfTheFirst).isEmpty();
        assertThat(late.heard).containsExactly("ready");
    }

    @Test
    void oneBatchIsReadAtATimeAndWhatChangedMeanwhileIsReadAfterIt() {
        Ear ear = new Ear();
        watches.join(ear, List.of(ONE));
        var unused = watches.take(10);
        watches.changed(List.of(ONE));

        assertThat(watches.take(10)).isEmpty();
        watches.read(Map.of(ONE, notice(ONE, "fetching")), WatchesTest::unknown);
        assertThat(watches.take(10)).containsExactly(ONE);
    }

    @Test
    void whatCouldNotBeReadIsReadAgain() {
        Ear ear = new Ear();
        watches.join(ear, List.of(ONE));
        var unused = watches.take(10);
        watches.notRead();
        readAll("ready");

        assertThat(ear.heard).containsExactly("ready");
    }

    @Test
    void aWholeTenantIsToldItsOwnChangesAndNoStates() {
        Ear all = new Ear();
        watches.join(all, ACME);
        watches.join(new Ear(), List.of(TWO));
        readAll("fetching");
        watches.changed(List.of(ONE, FOREIGN));
        List<RecordingKey> read = readAll("ready");

        assertThat(read).containsExactly(ONE);
        assertThat(all.heard).containsExactly("ready");
    }

    @Test
    void aForeignRecordingsChangesWakeNobody() {
        Ear ear = new Ear();
        watches.join(ear, List.of(ONE));
        var first = watches.take(10);
        watches.read(Map.of(), WatchesTest::unknown);
        watches.changed(List.of(FOREIGN));

        assertThat(first).containsExactly(ONE);
        assertThat(watches.take(10)).isEmpty();
        assertThat(ear.heard).containsExactly("unknown");
    }

    @Test
    void whoHasLeftIsForgotten() {
        Ear ear = new Ear();
        watches.join(ear, List.of(ONE, TWO));
        watches.leave(ear, List.of(ONE, TWO));
        watches.changed(List.of(ONE));

        assertThat(watches.size()).isZero();
        assertThat(watches.take(10)).isEmpty();
        assertThat(ear.heard).isEmpty();
    }

    @Test
    void thereIsABound() {
        Watches few = new Watches(1);

        assertThat(few.join(new Ear(), List.of(ONE, TWO))).isFalse();
        assertThat(few.join(new Ear(), List.of(ONE))).isTrue();
        assertThat(few.join(new Ear(), List.of(ONE))).isFalse();
        assertThat(few.size()).isEqualTo(1);
    }

    @Test
    void aBatchIsBounded() {
        watches.join(new Ear(), List.of(ONE, TWO));

        assertThat(watches.take(1)).hasSize(1);
    }

    private List<RecordingKey> readAll(String state) {
        List<RecordingKey> batch = watches.take(10);
        watches.read(
                batch.stream().collect(java.util.stream.Collectors.toMap(key -> key, key -> notice(key, state))),
                WatchesTest::unknown);
        return batch;
    }

    private static Notice unknown(RecordingKey key) {
        return notice(key, "unknown");
    }

    private static Notice notice(RecordingKey key, String state) {
        return new Notice(key, state, Buffer.buffer(state));
    }

    private static RecordingKey key(String tenant, int number) {
        return new RecordingKey(new Tenant(tenant), new RecordingSid("RE%032x".formatted(number)));
    }

    /** Remembers what it is told. */
    private static final class Ear implements Watcher {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void tell(Notice notice) {
            heard.add(notice.frame().toString());
        }
    }
}
