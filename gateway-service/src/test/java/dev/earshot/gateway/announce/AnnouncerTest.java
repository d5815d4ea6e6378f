package dev.earshot.gateway.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.events.Lane;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StateChanged;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.DueWork;
import dev.earshot.gateway.recording.Facts;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import dev.earshot.gateway.trace.Spans;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the world is told of each state. */
class AnnouncerTest {
    private static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");
    private static final RecordingKey KEY =
            new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "0".repeat(32)));
    private static final StoredObject OBJECT =
            new StoredObject("bucket", KEY.objectKey(2), 5, new Sha256("a".repeat(64)), "etag", "audio/mpeg");

    static Stream<Arguments> states() {
        RecordingState fetching = new RecordingState.Fetching(Lane.INTERACTIVE, NOW);
        RecordingState waiting = new RecordingState.Waiting(Lane.BULK, NOW, Optional.empty());
        return Stream.of(
                Arguments.of(new RecordingState.Registered(), 1, "nothing"),
                Arguments.of(fetching, 1, "nothing"),
                Arguments.of(fetching, 2, "EVICTED 1"),
                Arguments.of(waiting, 1, "nothing"),
                Arguments.of(waiting, 3, "EVICTED 2"),
                Arguments.of(new RecordingState.Ready(OBJECT, 1000, 1, NOW), 2, "READY 2"),
                Arguments.of(new RecordingState.Failed(FailureReason.ENCRYPTED, true, NOW), 2, "FAILED 2"),
                Arguments.of(new RecordingState.Evicted(), 2, "EVICTED 2"),
                Arguments.of(new RecordingState.Deleted(), 2, "DELETED 2"));
    }

    @ParameterizedTest(name = "{0} in generation {1}: {2}")
    @MethodSource("states")
    void eachStateIsTold(RecordingState state, int generation, String expected) {
        Optional<StateChanged> event = Announcer.event(announcement(state, generation));

        assertThat(event.map(told -> told.state() + " " + told.generation()).orElse("nothing"))
                .isEqualTo(expected);
    }

    /** Another replica may have told something newer by now. */
    @Test
    void whatWasLeasedTooLongAgoIsNotTold() {
        List<String> calls = new ArrayList<>();
        Announcer announcer =
                new Announcer(noting(MutinyEmitter.class, calls), noting(DueWork.class, calls), Spans.none());

        announcer
                .announce(announcement(new RecordingState.Evicted(), 2))
                .await()
                .indefinitely();

        assertThat(calls).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T> T noting(Class<?> type, List<String> calls) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            calls.add(method.getName());
            return Uni.createFrom().voidItem();
        });
    }

    /** Whose lease ends in this moment. */
    private static DueWork.Announcement announcement(RecordingState state, int generation) {
        Recording recording = new Recording(
                KEY,
                new AccountSid("AC" + "0".repeat(32)),
                new CallSid("CA" + "0".repeat(32)),
                Facts.NONE,
                generation,
                3,
                state,
                NOW,
                Optional.empty());
        return new DueWork.Announcement(1, recording, NOW, 7, Optional.empty(), new DueWork.Lease(System.nanoTime()));
    }
}
