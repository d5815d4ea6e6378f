package dev.earshot.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(3);

    @Test
    void ofEachRecordingOnlyTheLatestStateWaits() {
        outbox.add(notice(1, "fetching"));
        outbox.add(notice(2, "fetching"));
        outbox.add(notice(1, "ready"));

        assertThat(sent()).containsExactly("ready", "fetching");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whatWasSentIsNotReplaced() {
        outbox.add(notice(1, "fetching"));
        Optional<Buffer> first = outbox.next();
        outbox.add(notice(1, "ready"));

        assertThat(first).map(Buffer::toString).contains("fetching");
        assertThat(sent()).containsExactly("ready");
    }

    @Test
    void tooMuchIsOneRequestToListAnew() {
        for (int i = 0; i < 4; i++) {
            outbox.add(notice(i, "ready"));
        }

        assertThat(sent()).containsExactly(Frames.REFRESH.frame().toString());
    }

    @Test
    void whatComesAfterTheRequestToListIsToldAfterIt() {
        outbox.add(notice(1, "fetching"));
        outbox.add(Frames.REFRESH);
        outbox.add(notice(2, "ready"));

        assertThat(sent()).containsExactly(Frames.REFRESH.frame().toString(), "ready");
    }

    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (Optional<Buffer> next = outbox.next(); next.isPresent(); next = outbox.next()) {
            all.add(next.get().toString());
        }
        return all;
    }

    private static Notice notice(int recording, String state) {
        RecordingKey key = new RecordingKey(new Tenant("acme"), new RecordingSid("RE%032x".formatted(recording)));
        return new Notice(key, state, Buffer.buffer(state));
    }
}
