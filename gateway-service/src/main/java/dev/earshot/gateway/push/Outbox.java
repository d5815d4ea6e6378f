package dev.earshot.gateway.push;

import dev.earshot.events.RecordingKey;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits for one reader: of each recording the latest state alone, in the order in which they first came. If there is
 * more than it may hold, the one request to list anew stands for all of it. Pure; not thread-safe.
 */
final class Outbox {
    private final int most;
    private final Map<RecordingKey, Buffer> waiting = new LinkedHashMap<>();
    private boolean refresh;

    Outbox(int most) {
        this.most = most;
    }

    void add(Notice notice) {
        RecordingKey about = notice.about();
        if (about == null) {
            listAnew();
        } else {
            waiting.put(about, notice.frame());
            if (waiting.size() > most) {
                listAnew();
            }
        }
    }

    /** What is listed after this is newer than all that waits. */
    private void listAnew() {
        waiting.clear();
        refresh = true;
    }

    /** Takes what is to be sent next. */
    Optional<Buffer> next() {
        if (refresh) {
            refresh = false;
            return Optional.of(Frames.REFRESH.frame());
        }
        Iterator<Buffer> frames = waiting.values().iterator();
        if (!frames.hasNext()) {
            return Optional.empty();
        }
        Buffer frame = frames.next();
        frames.remove();
        return Optional.of(frame);
    }

    boolean isEmpty() {
        return !refresh && waiting.isEmpty();
    }
}
