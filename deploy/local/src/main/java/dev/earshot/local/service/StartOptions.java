package dev.earshot.local.service;

import java.util.List;
import java.util.Map;

/**
 * What one start of a service has beyond its {@link ServiceSpec}; the next start is without it.
 *
 * @param properties system properties; they win over the specification's
 * @param jvm options of the Java virtual machine; they come last, so they win over ours
 * @param mayEnd whether its end, by itself, is no crash of the stack: for tests that halt a service from inside
 */
public record StartOptions(Map<String, String> properties, List<String> jvm, boolean mayEnd) {
    public static final StartOptions NORMAL = new StartOptions(Map.of(), List.of(), false);

    public StartOptions {
        properties = Map.copyOf(properties);
        jvm = List.copyOf(jvm);
    }
}
