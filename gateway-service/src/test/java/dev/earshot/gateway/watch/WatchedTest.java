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
        Watched<String> watched = new Watched<>("test", this::read);

        state = "b";
        watched.look();

        assertThat(watched.get()).isEqualTo("b");
        assertThat(watched.valid()).isTrue();
    }

    @Test
    void aFailureAtStartIsTheCallers() {
        failure = "a.json: field x";

        assertThatThrownBy(() -> new Watched<>("test", this::read)).hasMessage("a.json: field x");
    }

    @Test
    void aLaterFailureKeepsTheStateAndIsToldOnce() {
        Watched<String> watched = new Watched<>("test", this::read);
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
        Watched<String> watched = new Watched<>("test", this::read);
        failure = "a.json: half of it";
        watched.look();
        failure = "";
        state = "b";
        watched.look();

        assertThat(watched.get()).isEqualTo("b");
        assertThat(watched.valid()).isTrue();
        assertThat(said.errors()).isEmpty();
    }

    @Test
    void anotherFailureAndOneAfterItWasMendedAreToldAgain() {
        Watched<String> watched = new Watched<>("test", this::read);
        for (String each : new String[] {"x", "y", "", "x"}) {
            failure = each;
            watched.look();
            watched.look();
            assertThat(watched.valid()).isEqualTo(each.isEmpty());
        }

        assertThat(said.errors()).hasSize(3);
    }

    private String read() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        return state;
    }
}
