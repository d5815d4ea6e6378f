package dev.earshot.e2e;

import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Stampede;
import org.junit.jupiter.api.Test;

/** Promise 3: one recording asked for 500 times at once is one download, one object, one row. */
class StampedeTest {
    @Test
    void five_hundred_clicks_at_once_are_one_fetch_and_all_are_answered() {
        Stampede stampede = Stampede.on(Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-first-byte").put("behaviourSeconds", 2)));

        stampede.allHearIt();

        stampede.wasOneFetch();
    }
}
