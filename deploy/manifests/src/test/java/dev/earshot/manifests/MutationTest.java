package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks can fail: each mistake below, made in a copy of what was rendered, is found by the check that is there for it. */
class MutationTest {
    private static final Function<Rendered, List<String>> VALIDITY = Validity::problems;
    private static final Function<Rendered, List<String>> SECURITY = PodSecurity::problems;
    private static final Function<Rendered, List<String>> OPERATION = Operation::problems;
    private static final Function<Rendered, List<String>> REFERENCES = References::problems;
    private static final Function<Rendered, List<String>> SECRECY = Secrecy::problems;
    private static final Function<Rendered, List<String>> INIT_CHECK = InitCheck::problems;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "Deployment",
                        "earshot-gateway",
                        put("/spec/template/spec", "{hostNetworks: true}"),
                        VALIDITY,
                        "hostNetworks"),
                mistake("Deployment", "earshot-gateway", put("/spec", "{replicas: '2'}"), VALIDITY, "Integer"),
                mistake(
                        "Job",
                        "earshot-migrations",
                        put("/spec/template/spec/containers/0/env/0", "{value: true}"),
                        VALIDITY,
                        "Boolean"),
                mistake("NetworkPolicy", "all-to-dns", put("/spec", "{egres: []}"), VALIDITY, "egres"),
                mistake("HTTPRoute", "earshot", put("/spec/rules/0/timeouts", "{reqest: 0s}"), VALIDITY, "reqest"),
                mistake("ScaledObject", "earshot-fetcher", put("/spec", "{minReplicas: 2}"), VALIDITY, "minReplicas"),
                mistake("KafkaTopic", "earshot.recordings.v1", put("/spec", "{partition: 6}"), VALIDITY, "partition"),
                mistake(
                        "KafkaUser",
                        "earshot-gateway",
                        put("/spec/authorization/acls/0", "{operations: [Wriet]}"),
                        VALIDITY,
                        "operations"),
                mistake("Cluster", "earshot-database", put("/spec/storage", "{sizes: 1Gi}"), VALIDITY, "sizes"),
                mistake(
                        "ExternalSecret",
                        "earshot-database",
                        put("/spec/data/0", "{secretkey: x}"),
                        VALIDITY,
                        "secretkey"),
                mistake("ServiceMonitor", "earshot", put("/spec/endpoints/0", "{paths: /}"), VALIDITY, "paths"),
                mistake(
                        "PrometheusRule",
                        "earshot",
                        put("/spec/groups/0/rules/0", "{expression: up}"),
                        VALIDITY,
                        "expression"),
                mistake("Namespace", "earshot", put("", "{kind: Nmespace}"), VALIDITY, "neither a model nor a schema"),
                mistake(
                        "Deployment",
                        "earshot-gateway",
                        put("/spec/template/spec", "{automountServiceAccountToken: true}"),
                        SECURITY,
                        "token"),
                mistake(
                        "ServiceAccount",
                        "earshot-fetcher",
                        put("", "{automountServiceAccountToken: true}"),
                        SECURITY,
                        "token"),
                mistake(
                        "Deployment",
                        "earshot-fetcher",
                        put("/spec/template/spec/securityContext", "{runAsNonRoot: false}"),
                        SECURITY,
                        "root"),
                mistake(
                        "Job",
                        "earshot-migrations",
                        put("/spec/template/spec/containers/0/securityContext", "{readOnlyRootFilesystem: false}"),
                        SECURITY,
                        "file system"),
                mistake(
                        "Job",
                        "earshot-migrations",
                        put("/spec/template/spec/volumes/0", "{emptyDir: {}}"),
                        SECURITY,
                        "volume"),
                mistake(
                        "Deployment",
                        "earshot-gateway",
                        put("/spec/template/spec/containers/0/resources/limits", "{memory: 2Gi}"),
                        OPERATION,
                        "memory"),
                mistake(
                        "Deployment",
                        "earshot-gateway",
                        put("/spec/template/spec/containers/0", "{livenessProbe: null}"),
                        OPERATION,
                        "/q/health/live"),
                mistake(
                        "Deployment",
                        "earshot-gateway",
                        put("/spec/template/spec/containers/0/readinessProbe/httpGet", "{port: http2}"),
                        OPERATION,
                        "/q/health/ready"),
                mistake(
                        "Deployment",
                        "earshot-gateway",
                        put("/spec/template/spec", "{terminationGracePeriodSeconds: 60}"),
                        OPERATION,
                        "killed after 60 s"),
                mistake(
                        "Deployment",
                        "earshot-fetcher",
                        put("/spec/template/spec/containers/0", "{image: 'earshot/fetcher-service:2.0'}"),
                        OPERATION,
                        "several versions"),
                mistake(
                        "Deployment",
                        "earshot-fetcher",
                        put("/spec/template/spec/containers/0", "{image: 'earshot/fetcher-service:latest'}"),
                        OPERATION,
                        "fixed tag"),
                mistake(
                        "PodDisruptionBudget",
                        "earshot-gateway",
                        put("/spec/selector/matchLabels", "{app.kubernetes.io/name: gateway}"),
                        OPERATION,
                        "budget"),
                mistake("Service", "earshot-gateway", put("/spec/ports/0", "{targetPort: https}"), REFERENCES, "port"),
                mistake("Deployment", "earshot-gateway", put("/spec", "{replicas: 2}"), REFERENCES, "autoscaler"),
                mistake(
                        "HTTPRoute",
                        "earshot",
                        put("/spec/rules/0/backendRefs/0", "{port: 8081}"),
                        REFERENCES,
                        "route"),
                mistake(
                        "Deployment",
                        "earshot-gateway",
                        put("/spec/template/spec/containers/0/env/0", "{name: QUARKUS_DATASOURCE_USERNAME_OTHER}"),
                        INIT_CHECK,
                        "other variables"),
                mistake(
                        "Deployment",
                        "earshot-fetcher",
                        put("/spec/template/spec/initContainers/0", "{volumeMounts: []}"),
                        INIT_CHECK,
                        "other files"),
                mistake(
                        "Deployment",
                        "earshot-fetcher",
                        put("/spec/template/spec/initContainers/0/securityContext", "{readOnlyRootFilesystem: false}"),
                        SECURITY,
                        "file system"),
                mistake(
                        "ConfigMap",
                        "earshot-tenants",
                        put("", "{data: {acme.json: '{\"url\": \"https://user:word@host/\"}'}}"),
                        SECRECY,
                        "acme.json"),
                mistake(
                        "ConfigMap",
                        "earshot-tenants",
                        put("", "{data: {QUARKUS_DATASOURCE_PASSWORD: hunter2}}"),
                        SECRECY,
                        "PASSWORD"),
                mistake("Namespace", "earshot", put("", "{kind: Secret}"), SECRECY, "Secret with its value"));
    }

    @ParameterizedTest(name = "{0} {1}: {4}")
    @MethodSource("mistakes")
    void a_mistake_is_found(
            String kind,
            String name,
            Consumer<ObjectNode> change,
            Function<Rendered, List<String>> check,
            String told) {
        assertThat(check.apply(Manifests.EVERYTHING)).isEmpty();

        assertThat(check.apply(Manifests.EVERYTHING.with(kind, name, change)))
                .anyMatch(problem -> problem.contains(told));
    }

    @Test
    void a_spool_volume_that_is_smaller_than_the_budget_is_found() {
        Consumer<ObjectNode> smaller = put("/spec/template/spec/volumes/1", "{emptyDir: {sizeLimit: 20Gi}}");

        assertThat(Operation.problems(Manifests.BASE.with("Deployment", "earshot-fetcher", smaller)))
                .anyMatch(problem -> problem.contains("budget"));
    }

    @Test
    void a_key_that_does_not_exist_is_found() {
        Consumer<ObjectNode> misspelt = put("/spec/template/spec/containers/0/env/0", "{name: EARSHOT_PUBLIC_URI}");

        assertThat(Keys.unknown(Manifests.BASE.with("Deployment", "earshot-gateway", misspelt)))
                .anyMatch(problem -> problem.contains("EARSHOT_PUBLIC_URI"));
    }

    @Test
    void a_required_key_that_is_not_set_is_found() {
        assertThat(Keys.missing(Manifests.BASE)).anyMatch(problem -> problem.contains("EARSHOT_PUBLIC_URL"));
    }

    @Test
    void a_bucket_for_one_service_alone_is_found() {
        Consumer<ObjectNode> other = put(
                "/spec/template/spec/containers/0/env/0",
                "{name: EARSHOT_STORE_BUCKET, value: other, valueFrom: null}");

        assertThat(Keys.disagreements(Manifests.overlay("local").with("Deployment", "earshot-fetcher", other)))
                .anyMatch(problem -> problem.contains("EARSHOT_STORE_BUCKET"));
    }

    @Test
    void a_flow_more_is_found() {
        Consumer<ObjectNode> more = put("/spec/podSelector/matchLabels", "{app.kubernetes.io/component: gateway}");

        assertThat(Flows.of(Manifests.BASE.with("NetworkPolicy", "fetcher-to-twilio", more)))
                .contains("gateway -> public TCP 443");
    }

    private static Arguments mistake(
            String kind,
            String name,
            Consumer<ObjectNode> change,
            Function<Rendered, List<String>> check,
            String told) {
        return Arguments.of(kind, name, change, check, told);
    }

    /** Sets some fields of the object at a place. */
    private static Consumer<ObjectNode> put(String place, String fields) {
        return document -> {
            JsonNode object = document.at(place);
            assertThat(object.isObject()).as(place).isTrue();
            try {
                ((ObjectNode) object).setAll((ObjectNode) Rendered.YAML.readTree(fields));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(fields, e);
            }
        };
    }
}
