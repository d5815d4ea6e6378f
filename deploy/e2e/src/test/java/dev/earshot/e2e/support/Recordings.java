package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Simulator.Recorded;

/** Recordings that have come as far as a test wants them before it breaks something. */
public final class Recordings {
    /** A call of almost three hours, 40 MB: more than all buffers between store and listener hold. */
    private static final int LONG_CALL_SECONDS = 10_000;

    private Recordings() {}

    public static Recorded longCall(String tenant) {
        return Simulator.record(tenant, Simulator.options().put("seconds", LONG_CALL_SECONDS));
    }

    /** A short one that was asked for and played. */
    public static Recorded stored(String tenant) {
        return stored(Simulator.call(tenant));
    }

    /** Has it fetched, without its bytes. */
    public static Recorded stored(Recorded recorded) {
        assertThat(Listener.of(recorded.tenant())
                        .request()
                        .header("Prefer", "wait=25")
                        .head("/api/recordings/{sid}/stream", recorded.recordingSid())
                        .statusCode())
                .isEqualTo(200);
        return recorded;
    }

    /** One whose body comes slowly, clicked on: its download runs. */
    public static Recorded beingFetched(String tenant, int seconds) {
        ObjectNode slow = Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", seconds);
        Recorded recorded = Simulator.record(tenant, slow);
        assertThat(Listener.of(tenant).stream(recorded.recordingSid()).statusCode())
                .isEqualTo(202);
        Eventually.eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));
        return recorded;
    }
}
