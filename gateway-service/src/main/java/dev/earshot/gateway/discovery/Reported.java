package dev.earshot.gateway.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the last so many keys, so that each is told once. Thread-safe. */
final class Reported {
    private final Map<String, Boolean> keys;

    Reported(int most) {
        keys = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    synchronized boolean isNew(String key) {
        return keys.putIfAbsent(key, true) == null;
    }
}
