package dev.earshot.manifests;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether anything secret stands in the manifests: a Secret with its value, or a value where a reference belongs. */
final class Secrecy {
    /** Variables whose value is a secret. Not those that end in FILE or DIRECTORY, which say where one lies. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(PASSWORD|SECRET|SIGNING_KEY|AUTHORIZATION|ACCESS_KEY_ID|JAAS_CONFIG|TICKETS_KEYS|CREDENTIALS|TOKEN)$");
    /** User and password in a URL, a private key, Twilio's and AWS' forms. */
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(?s).*(://[^/\\s]*:[^/\\s@]+@|password=|PRIVATE KEY|\\bSK[0-9a-f]{32}\\b|\\bAKIA[0-9A-Z]{16}\\b|authTokens?\"\\s*:).*");

    private Secrecy() {}

    static List<String> problems(Rendered rendered) {
        Problems problems = new Problems(rendered.name());
        problems.require(rendered.ofKind("Secret").findAny().isEmpty(), "has a Secret with its value");
        for (ConfigMap map : rendered.all(ConfigMap.class)) {
            Problems here = problems.of(map.getMetadata().getName());
            Optional.ofNullable(map.getData()).orElse(Map.of()).forEach((key, value) -> judge(key, value, here));
        }
        Workload.of(rendered).forEach(workload -> {
            for (EnvVar variable : workload.containers()
                    .flatMap(container -> container.getEnv().stream())
                    .toList()) {
                judge(
                        variable.getName(),
                        Optional.ofNullable(variable.getValue()).orElse(""),
                        problems.of(workload.name()));
            }
        });
        return problems.found();
    }

    private static void judge(String name, String value, Problems problems) {
        problems.require(
                value.isEmpty()
                        || !SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches(),
                name + " is a secret and has its value here");
        problems.require(!SECRET_VALUE.matcher(value).matches(), "the value of " + name + " looks like a secret");
    }
}
