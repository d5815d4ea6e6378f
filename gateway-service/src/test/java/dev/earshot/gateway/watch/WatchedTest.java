package dev.earshot.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private final Said said = new Said(Watched.class);
    private String state = "a";
    private String failure = "";

    @AfterEach
    void listenNoMore() {
        said.close();
    }

    @Test
    void aChangeIsTakenOver() {
        Watched<String> watched = watched();

        state = "b";
        watched.look();
        watched.look();

        assertThat(watched.get()).isEqualTo("b");
        assertThat(watched.valid()).isTrue();
    }

    /** Deleted and written anew: for a moment its tenant would have the defaults. */
    @Test
    void aFileThatIsReplacedIsNotMissedMeanwhile() {
        Watched<String> watched = watched();

        state = "without it";
        watched.look();
        state = "a";
        watched.look();
        watched.look();

        assertThat(watched.get()).isEqualTo("a");
    }

    @Test
    void aFailureAtStartIsTheCallers() {
        failure = "a.json: field x";

        assertThatThrownBy(this::watched).hasMessage("a.json: field x");
    }

    @Test
    void aLaterFailureKeepsTheStateAndIsToldOnce() {
        Watched<String> watched = watched();
        failure = "a.json: field x";

        for (int i = 0; i < 10; i++) {
            watched.look();
        }

        assertThat(watched.get()).isEqualTo("a");
        assertThat(watched.valid()).isFalse();
        assertThat(said.errors()).singleElement().asString().contains("test", "a.json: field x");
    }

    @Test
    void aFileThatIsBeingWrittenIsNoMistake() {
        Watched<String> watched = watched();
        failure = "a.json: half of it";
        watched.look();
        failure = "";
        state = "b";
        watched.look();
        watched.look();

        assertThat(watched.get()).isEqualTo("b");
        assertThat(watched.valid()).isTrue();
        assertThat(said.errors()).isEmpty();
    }

    @Test
    void anotherFailureAndOneAfterItWasMendedAreToldAgain() {
        Watched<String> watched = watched();
        for (String each : new String[] {"x", "y", "", "x"}) {
            failure = each;
            watched.look();
            watched.look();
            assertThat(watched.valid()).isEqualTo(each.isEmpty());
        }

        assertThat(said.errors()).hasSize(3);
    }

    @Test
    void aFolderThatIsEmptyAllAtOnceIsTakenForALostMount() {
        Watched<String> watched = watched();
        state = "";
        watched.look();
        watched.look();

        assertThat(watched.get()).isEqualTo("a");
        assertThat(watched.valid()).isFalse();
        assertThat(said.errors()).singleElement().asString().contains("mounted");
    }

    @Test
    void aFolderThatWasEmptyAtStartMayStaySo() {
        state = "";
        Watched<String> watched = watched();
        watched.look();
        watched.look();

        assertThat(watched.valid()).isTrue();
    }

    private Watched<String> watched() {
        return new Watched<>("test", this::read, String::isEmpty);
    }

    private String read() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        return state;
    }
}
