package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Database.Row;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StateChanged;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Topics;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * However often a fetch was done and told of: one object, one life of it, one word to the world. Contents are compared,
 * since the ids of two different effects in one generation would be the same.
 */
public final class OneEffect {
    private OneEffect() {}

    /** Waits until the world was told that the first generation is ready; it must have been told one thing. */
    public static void of(Recorded recorded) {
        Eventually.eventually(() -> assertThat(announced(recorded))
                .as("contents of what was announced as ready")
                .singleElement()
                .satisfies(change -> assertThat(change.generation()).isEqualTo(1)));
        Row row = Database.local().recording(recorded.recordingSid());
        assertThat(row.text("state")).isEqualTo("READY");
        assertThat(row.number("generation")).isEqualTo(1);
        assertThat(row.text("object_sha256")).isEqualTo(recorded.sha256());
        assertThat(stored(recorded))
                .as("objects that fetchers told of")
                .singleElement()
                .satisfies(object -> {
                    assertThat(object.sha256().hex()).isEqualTo(recorded.sha256());
                    assertThat(object.sizeBytes()).isEqualTo(recorded.sizeBytes());
                    assertThat(object.etag()).isEqualTo(row.text("object_etag"));
                });
    }

    private static Set<StateChanged> announced(Recorded recorded) {
        return Events.seen().of(Topics.RECORDINGS, recorded.recordingSid(), StateChanged.class).stream()
                .filter(change -> change.state() == StateChanged.State.READY)
                .collect(Collectors.toSet());
    }

    private static Set<StoredObject> stored(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), RecordingReady.class).stream()
                .map(RecordingReady::object)
                .collect(Collectors.toSet());
    }
}
