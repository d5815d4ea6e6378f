package dev.earshot.gateway.notify;

import dev.earshot.events.RecordingKey;
import java.util.Collection;

/**
 * Somebody who wants to hear of changes. Called on the listening connection's context, one call at a time: must neither
 * block nor throw. A hint and never the truth: whoever hears it reads.
 */
public interface Changes {
    /** These may have another state now. */
    void changed(Collection<RecordingKey> keys);

    /** Nobody can tell what has happened: the connection is down, or was until now. */
    void changedPerhaps();
}
