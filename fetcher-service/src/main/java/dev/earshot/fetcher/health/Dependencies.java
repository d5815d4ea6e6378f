package dev.earshot.fetcher.health;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the adapters last saw of the things we share with others, by name. */
@Singleton
public class Dependencies {
    /** The name of the Kafka cluster. */
    public static final String KAFKA = "kafka";
    /** The name of the object store. */
    public static final String STORE = "object-store";

    private static final String OK = "ok";

    private final Map<String, String> states = new ConcurrentSkipListMap<>();

    /** It answered as it should. */
    public void ok(String name) {
        states.put(name, OK);
    }

    /**
     * It did not.
     *
     * @param why in a few words, without credentials or URLs
     */
    public void degraded(String name, String why) {
        states.put(name, "degraded: " + why);
    }

    /** A snapshot. */
    public Map<String, String> states() {
        return Map.copyOf(states);
    }
}
