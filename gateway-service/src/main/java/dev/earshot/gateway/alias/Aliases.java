package dev.earshot.gateway.alias;

import dev.earshot.gateway.problem.AllowedMethods;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All aliases, checked against our own routes and each other; a mistake refuses the start and names the key. */
@Startup
@Singleton
class Aliases {
    /** What is served beside the API. */
    private static final List<String> RESERVED = List.of("/q/", "/openapi/", "/webhooks/");

    private final Map<String, Alias> byName = new LinkedHashMap<>();

    @Inject
    Aliases(AliasesConfig config) {
        new TreeMap<>(config.byName()).forEach((name, alias) -> byName.put(name, checked(name, alias)));
        byName.forEach(this::requireOnlyOne);
    }

    private static Alias checked(String name, AliasesConfig.Alias config) {
        Alias alias;
        try {
            alias = new Alias(config.path(), config.route(), config.notReadyStatus());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("earshot.aliases." + quoted(name) + "." + e.getMessage(), e);
        }
        if (AllowedMethods.isOurs(alias.sample()) || RESERVED.stream().anyMatch(alias.sample()::startsWith)) {
            throw new IllegalStateException(key(name) + " is a path of Earshot's own");
        }
        return alias;
    }

    private void requireOnlyOne(String name, Alias alias) {
        byName.forEach((otherName, other) -> {
            if (other != alias && other.target(alias.sample()).isPresent()) {
                throw new IllegalStateException(key(name) + " takes the same paths as " + key(otherName));
            }
        });
    }

    private static String key(String name) {
        return "earshot.aliases." + quoted(name) + ".path";
    }

    /** As the operator has to write it. */
    private static String quoted(String name) {
        return name.matches("[A-Za-z0-9_-]+") ? name : '"' + name + '"';
    }

    /** The alias that a path belongs to. Our own routes go first: a path of theirs is never taken away from them. */
    Optional<Alias> of(String path) {
        if (byName.isEmpty() || AllowedMethods.isOurs(path)) {
            return Optional.empty();
        }
        return byName.values().stream()
                .filter(alias -> alias.target(path).isPresent())
                .findFirst();
    }
}
