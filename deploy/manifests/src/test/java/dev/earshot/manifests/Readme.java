package dev.earshot.manifests;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The README's tables of configuration keys. {@code ConfigurationTableTest} holds the first against the services' code, so
 * what it says is what they read.
 */
final class Readme {
    private static final Pattern OWN = Pattern.compile(
            "\\| `(earshot\\.[^`]+)` \\| `([A-Z0-9_]+)` \\| (?:`([^`]*)`|(required|–)) \\| (gateway|fetcher|both) \\| .*");
    private static final Pattern STANDARD = Pattern.compile(
            "\\| `((?:quarkus|kafka)\\.[^`]+)`[^|]* \\| `([A-Z0-9_]+)`[^|]* \\| ([^|]+) \\| (gateway|fetcher|both) \\| .*");

    static final List<Key> OWN_KEYS = keys(OWN);
    static final List<Key> STANDARD_KEYS = keys(STANDARD);

    /**
     * A row.
     *
     * @param key may have a {@code *} for a name of one's own
     * @param standard the default; empty where there is none
     */
    record Key(String key, String variable, String standard, boolean required, String service) {
        boolean isReadBy(String service) {
            return this.service.equals("both") || this.service.equals(service);
        }

        /** Whether an environment variable sets it, by the rule of MicroProfile Config. */
        boolean isSetBy(String variable) {
            String pattern = key.replaceAll("[^A-Za-z0-9*]", "_")
                    .toUpperCase(Locale.ROOT)
                    .replace("*", "[A-Z0-9_]+");
            return variable.matches(pattern);
        }
    }

    private Readme() {}

    static Key key(String key) {
        return OWN_KEYS.stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static List<Key> keys(Pattern row) {
        return Repository.read("README.md")
                .lines()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(Readme::key)
                .toList();
    }

    private static Key key(Matcher row) {
        boolean own = row.groupCount() == 5;
        String last = row.group(own ? 4 : 3);
        String standard = own && row.group(3) != null ? row.group(3) : "";
        return new Key(row.group(1), row.group(2), standard, "required".equals(last), row.group(own ? 5 : 4));
    }
}
