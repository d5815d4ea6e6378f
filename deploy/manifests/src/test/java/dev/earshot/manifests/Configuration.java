package dev.earshot.manifests;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a pod's service is told, by its environment or by its default. */
record Configuration(Map<String, String> environment) {
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d+)([KMGT]?)");

    static Configuration of(Workload workload, Rendered rendered) {
        return new Configuration(workload.environment(rendered));
    }

    String value(String key) {
        Readme.Key row = Readme.key(key);
        return environment.getOrDefault(row.variable(), row.standard());
    }

    long seconds(String key) {
        Matcher duration = matched(DURATION, key);
        long amount = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "ms" -> Duration.ofMillis(amount).toSeconds() + 1;
            case "s" -> amount;
            case "m" -> Duration.ofMinutes(amount).toSeconds();
            case "h" -> Duration.ofHours(amount).toSeconds();
            default -> Duration.ofDays(amount).toSeconds();
        };
    }

    /** As Quarkus' MemorySize counts: G is 1024 to the third. */
    BigDecimal bytes(String key) {
        Matcher size = matched(SIZE, key);
        int power =
                " KMGT".indexOf(size.group(2).isEmpty() ? " " : size.group(2).toUpperCase(Locale.ROOT));
        return new BigDecimal(size.group(1)).multiply(new BigDecimal(1024).pow(power));
    }

    private Matcher matched(Pattern pattern, String key) {
        String value = value(key);
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(key + " cannot be read here: " + value);
        }
        return matcher;
    }
}
