package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.e2e.support.Simulator.Recorded;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the oracle have in common: each makes one thing really wrong, and mends it. */
abstract class WrongWorld {
    /** What is wrong here stays so: the oracle need not wait a minute for it. */
    private static final Duration IMPATIENT = Duration.ofSeconds(2);

    final Listener listener = Listener.of("acme");
    private final Oracle oracle = new Oracle(IMPATIENT);
    private final Oracle patientOracle = new Oracle();
    private final Deque<AutoCloseable> mends = new ArrayDeque<>();

    @BeforeEach
    void begin() {
        oracle.begin();
        patientOracle.begin();
    }

    @AfterEach
    void mend() throws Exception {
        while (!mends.isEmpty()) {
            mends.pop().close();
        }
    }

    /** After the test, whatever becomes of it; the last one first. */
    final void afterwards(AutoCloseable mend) {
        mends.push(mend);
    }

    /** The failure that the oracle must see now. */
    final AbstractThrowableAssert<?, ? extends Throwable> theOracleSees(String what) {
        return assertThatThrownBy(oracle::holds).hasMessageContaining(what);
    }

    /** A failure that is hidden for a while behind what is only not yet at rest. */
    final void theOracleSoonSees(String what) {
        Eventually.eventually(() -> theOracleSees(what));
    }

    final void theOracleSeesNothing() {
        patientOracle.holds();
    }

    /** A recording that is ready. */
    final Recorded ready() {
        Recorded recorded = Simulator.call("acme");
        assertThat(listener.streamWaiting(recorded.recordingSid(), 20).statusCode())
                .isEqualTo(200);
        return recorded;
    }
}
