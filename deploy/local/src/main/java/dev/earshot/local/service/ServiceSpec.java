package dev.earshot.local.service;

import java.nio.file.Path;
import java.util.Map;

/**
 * All that is needed to start a service.
 *
 * @param jar the fast-jar's {@code quarkus-run.jar}
 * @param properties system properties
 * @param environment added to ours: credentials, which do not belong on a command line
 * @param environmentFile where others find how it is configured
 * @param managementUrl where {@code /q/health/ready} is asked
 */
public record ServiceSpec(
        String name,
        Path jar,
        Path log,
        Map<String, String> properties,
        Map<String, String> environment,
        Path environmentFile,
        String managementUrl) {
    public ServiceSpec {
        properties = Map.copyOf(properties);
        environment = Map.copyOf(environment);
    }
}
