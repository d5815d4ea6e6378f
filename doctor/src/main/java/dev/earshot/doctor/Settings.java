package dev.earshot.doctor;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration as the service would read it in production: system properties, environment, {@code config/application.properties},
 * and what is in the jar. Mappings are made one by one, when they are asked for: one bad key spoils only the checks that need it.
 */
public final class Settings {
    private static final Pattern KEY = Pattern.compile("\\b(?:earshot|quarkus|kafka)(?:\\.[\\w\"*-]+)+");

    private final SmallRyeConfig config;

    private Settings(SmallRyeConfig config) {
        this.config = config;
    }

    /** @param environment in place of the process's own */
    static Settings read(Map<String, String> environment) {
        return new Settings(new SmallRyeConfigBuilder()
                .forClassLoader(Thread.currentThread().getContextClassLoader())
                .withProfile("prod")
                .withDefaultValue(SmallRyeConfig.SMALLRYE_CONFIG_MAPPING_VALIDATE_UNKNOWN, "false")
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new SysPropConfigSource(), new EnvConfigSource(environment, EnvConfigSource.ORDINAL))
                .addPropertiesSources()
                .build());
    }

    /**
     * A feature's own configuration.
     *
     * @throws Misconfigured naming the keys that are missing or have a bad value
     */
    public <T> T of(Class<T> mapping) {
        try {
            synchronized (config) {
                ConfigMappings.registerConfigMappings(config, Set.of(ConfigClass.configClass(mapping)));
            }
            return config.getConfigMapping(mapping);
        } catch (ConfigValidationException e) {
            throw misconfigured(e);
        }
    }

    /** @throws Misconfigured if it is not set */
    public String text(String key) {
        return optional(key).orElseThrow(() -> new Misconfigured(key + " is required, and not set", List.of(key)));
    }

    public Optional<String> optional(String key) {
        return optional(key, String.class);
    }

    /** @throws Misconfigured if its value is no such thing */
    public <T> Optional<T> optional(String key, Class<T> type) {
        try {
            return config.getOptionalValue(key, type);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new Misconfigured(key + " has a value that cannot be read", List.of(key));
        }
    }

    public boolean flag(String key, boolean otherwise) {
        return optional(key).map(Boolean::parseBoolean).orElse(otherwise);
    }

    /** For libraries that read it themselves. */
    public SmallRyeConfig config() {
        return config;
    }

    /** What a service refuses its start with: bounds that contradict each other, by their keys. */
    public static Misconfigured contradiction(IllegalStateException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return new Misconfigured(
                message,
                KEY.matcher(message)
                        .results()
                        .map(found -> found.group())
                        .distinct()
                        .toList());
    }

    /** The library's message may quote a value: of a missing key there is none, and of others only the name is kept. */
    private static Misconfigured misconfigured(ConfigValidationException e) {
        List<String> problems = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < e.getProblemCount(); i++) {
            String message = String.valueOf(e.getProblem(i).getMessage());
            Matcher key = KEY.matcher(message);
            String name = key.find() ? key.group() : "a key";
            keys.add(name);
            problems.add(name
                    + (message.contains("SRCFG00014")
                            ? " is required, and not set"
                            : " has a value that cannot be read"));
        }
        return new Misconfigured(String.join("; ", problems), keys);
    }
}
