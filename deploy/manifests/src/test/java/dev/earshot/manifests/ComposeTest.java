package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** {@code deploy/compose.yaml} says the same as the manifests for one machine. Nothing here runs a container. */
class ComposeTest {
    private static final JsonNode COMPOSE = read();
    private static final Rendered LOCAL = Manifests.overlay("local");
    /** Addresses, which are those of another network. */
    private static final Set<String> ADDRESSES = Set.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "QUARKUS_S3_ENDPOINT_OVERRIDE",
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "QUARKUS_DATASOURCE_JDBC_URL",
            "QUARKUS_OIDC_AUTH_SERVER_URL");

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "fetcher"})
    void a_service_is_told_what_the_local_overlay_tells_it(String service) {
        Map<String, String> told = environment(service);
        Map<String, String> overlay = workload(service).environment(LOCAL);
        // From optional Secrets: the console and a CDN.
        overlay.keySet().removeIf(key -> key.startsWith("EARSHOT_CONSOLE_") || key.startsWith("EARSHOT_DELIVERY_"));

        assertThat(told.keySet()).isEqualTo(overlay.keySet());
        told.forEach((key, value) -> {
            String there = overlay.get(key);
            // What comes from a Secret is empty there.
            if (!ADDRESSES.contains(key) && !Objects.requireNonNull(there).isEmpty()) {
                assertThat(value).as(key).isEqualTo(there);
            }
            assertThat(KnownKeys.of(service).has(key)).as(key).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "fetcher"})
    void an_address_names_a_service_that_is_there(String service) {
        environment(service).forEach((key, value) -> {
            if (ADDRESSES.contains(key)) {
                assertThat(COMPOSE.get("services").properties().stream().map(Map.Entry::getKey))
                        .as(key)
                        .anyMatch(name -> value.matches("(.*//)?" + name + ":\\d+(/.*)?"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "fetcher"})
    void a_service_may_do_as_little_as_in_the_cluster(String service) {
        JsonNode here = service(service);

        assertThat(here.get("user").asText()).isEqualTo("10001:10001");
        assertThat(here.get("read_only").asBoolean()).isTrue();
        assertThat(texts(here.get("cap_drop"))).containsExactly("ALL");
        assertThat(texts(here.get("security_opt"))).contains("no-new-privileges:true");
        assertThat(here.has("privileged")).isFalse();
        assertThat(here.get("image").asText()).startsWith("earshot/" + service + "-service:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "fetcher"})
    void a_service_has_the_same_ports_memory_and_folders(String service) {
        JsonNode here = service(service);
        Container there = workload(service).container();

        // On this machine alone.
        assertThat(texts(here.get("ports")))
                .containsExactlyInAnyOrderElementsOf(there.getPorts().stream()
                        .map(ContainerPort::getContainerPort)
                        .map(port -> "127.0.0.1:" + port + ":" + port)
                        .toList());
        assertThat(new Quantity(here.get("mem_limit").asText().replace("m", "Mi")).getNumericalAmount())
                .isEqualTo(
                        Objects.requireNonNull(there.getResources().getLimits().get("memory"))
                                .getNumericalAmount());
        assertThat(mounts(here))
                .containsExactlyInAnyOrderElementsOf(there.getVolumeMounts().stream()
                        .map(VolumeMount::getMountPath)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"gateway, 10", "fetcher, 0"})
    void a_service_has_as_long_to_end(String service, long beforeSigterm) {
        long grace = workload(service).pod().getSpec().getTerminationGracePeriodSeconds();

        assertThat(service(service).get("stop_grace_period").asText()).isEqualTo(grace - beforeSigterm + "s");
    }

    @Test
    void the_topics_are_those_of_the_instructions() {
        String command = texts(service("topics").get("command")).getFirst();
        String instructions = Repository.read("k8s/README.md");

        for (String loop : List.of("for name in ", "for topic in ")) {
            assertThat(command + instructions).contains(loop);
        }
        String names = command.replaceAll("(?s).*for name in ([a-z -]+);.*", "$1");
        assertThat(instructions).contains("for topic in " + names + ";");
        assertThat(command)
                .contains(
                        "retention.ms=259200000",
                        "retention.ms=2419200000",
                        "earshot.recordings.v1 --partitions 6 --config cleanup.policy=compact");
    }

    @Test
    void no_secret_is_in_the_file_but_such_as_are_marked_as_demo() {
        List<String> values = new ArrayList<>();
        COMPOSE.get("services")
                .forEach(service -> service.path("environment").properties().forEach(each -> {
                    if (each.getKey().matches(".*(PASSWORD|SECRET|ACCESS_KEY|TOKEN|ROOT_USER).*")) {
                        values.add(each.getValue().asText());
                    }
                }));
        COMPOSE.get("configs")
                .forEach(config ->
                        config.findValuesAsText("content").forEach(content -> values.addAll(secrets(content))));

        assertThat(values).hasSizeGreaterThan(8).allMatch(value -> value.startsWith("demo"));
    }

    /** Of an account's file, and of ticket keys. */
    private static List<String> secrets(String content) {
        List<String> found = new ArrayList<>();
        if (content.startsWith("{")) {
            try {
                JsonNode file = Rendered.YAML.readTree(content);
                file.path("webhookAuthTokens").forEach(token -> found.add(token.asText()));
                file.findValuesAsText("password").forEach(found::add);
            } catch (JsonProcessingException e) {
                throw new AssertionError(content, e);
            }
        } else {
            byte[] key = Base64.getDecoder().decode(content.strip().split(":")[1]);
            assertThat(key).hasSizeGreaterThanOrEqualTo(32);
            found.add(new String(key, StandardCharsets.UTF_8));
        }
        return found;
    }

    /** Folders that something is mounted into: a single file stands for its folder. */
    private static Set<String> mounts(JsonNode service) {
        Set<String> folders = new TreeSet<>();
        texts(service.path("tmpfs")).forEach(each -> folders.add(each.split(":")[0]));
        texts(service.path("volumes")).forEach(each -> folders.add(each.split(":")[1]));
        service.path("configs")
                .forEach(each -> folders.add(each.get("target").asText().replaceFirst("/[^/]+$", "")));
        return folders;
    }

    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        service(service)
                .get("environment")
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
        return environment;
    }

    private static JsonNode service(String name) {
        return COMPOSE.get("services").get(name);
    }

    private static Workload workload(String service) {
        return Workload.of(LOCAL)
                .filter(each ->
                        each.service().equals(service) && each.deployment().isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Jackson knows anchors, but not the merge key that Compose has from YAML 1.1. */
    private static JsonNode read() {
        try {
            return new ObjectMapper().valueToTree(new Yaml().load(Repository.read("deploy/compose.yaml")));
        } catch (RuntimeException e) {
            throw new AssertionError("deploy/compose.yaml is not YAML", e);
        }
    }
}
