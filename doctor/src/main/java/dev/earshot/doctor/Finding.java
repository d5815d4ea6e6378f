package dev.earshot.doctor;

import java.util.List;
import java.util.Locale;

/**
 * What one look found.
 *
 * @param check which check
 * @param found what is so, without secrets
 * @param change what to do about it; empty if nothing
 * @param keys what to change: configuration keys, environment variables that have no key, or settings of a topic
 */
public record Finding(String check, Severity severity, String found, String change, List<String> keys) {
    public Finding {
        keys = List.copyOf(keys);
    }

    public static Finding ok(String check, String found) {
        return new Finding(check, Severity.OK, found, "", List.of());
    }

    public static Finding warning(String check, String found, String change, String... keys) {
        return new Finding(check, Severity.WARNING, found, change, List.of(keys));
    }

    public static Finding unreachable(String check, String found, String change, String... keys) {
        return new Finding(check, Severity.UNREACHABLE, found, change, List.of(keys));
    }

    public static Finding error(String check, String found, String change, String... keys) {
        return new Finding(check, Severity.ERROR, found, change, List.of(keys));
    }

    /** A key as people set it: with its environment variable, if it is one of the services' configuration. */
    public static String named(String key) {
        return isConfiguration(key) ? key + " (" + variable(key) + ")" : key;
    }

    /** SmallRye Config's rule: everything but letters and digits becomes an underscore. */
    static String variable(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static boolean isConfiguration(String key) {
        return key.startsWith("earshot.") && !key.contains(".v1")
                || key.startsWith("quarkus.")
                || key.startsWith("kafka.");
    }
}
