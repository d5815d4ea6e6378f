package dev.earshot.manifests;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether the pods' environments set keys that exist, all that are required, and none that both services must agree on for one alone. */
final class Keys {
    private Keys() {}

    /** Keys that no service reads. */
    static List<String> unknown(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        Workload.of(rendered)
                .forEach(workload -> workload.environment(rendered)
                        .keySet()
                        .forEach(variable -> problems.of(workload.name())
                                .require(
                                        KnownKeys.of(workload.service()).has(variable),
                                        variable + " is no key that the " + workload.service() + " reads")));
        return problems.found();
    }

    /** Keys without which the service would not start. */
    static List<String> missing(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        Workload.of(rendered).forEach(workload -> {
            Map<String, String> environment = workload.environment(rendered);
            Stream.concat(Readme.OWN_KEYS.stream(), Readme.STANDARD_KEYS.stream())
                    .filter(key -> key.required() && key.isReadBy(workload.service()))
                    .filter(key -> !key.key().contains("*"))
                    .forEach(key -> problems.of(workload.name())
                            .require(environment.containsKey(key.variable()), key.variable() + " is not set"));
        });
        return problems.found();
    }

    /** Keys of both services that are told to one of them otherwise. */
    static List<String> disagreements(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        List<Map<String, String>> environments = Workload.of(rendered)
                .map(workload -> workload.environment(rendered))
                .toList();
        Stream.concat(Readme.OWN_KEYS.stream(), Readme.STANDARD_KEYS.stream())
                .filter(key -> key.service().equals("both"))
                .forEach(key -> problems.require(
                        environments.stream()
                                        .map(environment -> environment.getOrDefault(key.variable(), ""))
                                        .distinct()
                                        .count()
                                == 1,
                        "the services are told different values of " + key.variable()));
        return problems.found();
    }
}
