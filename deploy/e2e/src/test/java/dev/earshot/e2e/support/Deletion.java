package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Simulator.Recorded;

/** Deletes a recording as its owner's administrator does. */
public final class Deletion {
    private Deletion() {}

    public static void of(Recorded recorded) {
        assertThat(Listener.with(Stack.running().token(recorded.tenant(), "recordings:admin"))
                        .request()
                        .delete("/api/recordings/{sid}", recorded.recordingSid())
                        .statusCode())
                .isEqualTo(204);
    }
}
