package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.events.Topics;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay and component renders, is valid, and keeps our policies. */
class ManifestsTest {
    static Stream<Rendered> all() {
        return Manifests.all();
    }

    static Stream<Rendered> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("all")
    void kubernetes_and_the_operators_would_take_it_with_no_field_that_they_do_not_know(Rendered rendered) {
        assertThat(Validity.problems(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void no_pod_may_more_than_it_needs(Rendered rendered) {
        assertThat(PodSecurity.problems(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void pods_are_bounded_probed_spread_and_stopped_in_time(Rendered rendered) {
        assertThat(Operation.problems(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_is_named_is_there(Rendered rendered) {
        assertThat(References.problems(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_doctor_of_a_pod_examines_what_its_service_will_have(Rendered rendered) {
        assertThat(InitCheck.problems(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void no_pod_of_an_overlay_starts_unexamined(Rendered rendered) {
        assertThat(InitCheck.examined(rendered)).containsExactlyInAnyOrder("earshot-gateway", "earshot-fetcher");
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothing_secret_stands_in_it(Rendered rendered) {
        assertThat(Secrecy.problems(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_namespace_refuses_pods_that_could_become_root(Rendered rendered) {
        assertThat(rendered.ofKind("Namespace")
                        .map(each -> each.at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                .asText()))
                .containsExactly("restricted");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everything_lies_in_its_one_namespace(Rendered rendered) {
        String namespace =
                Rendered.name(rendered.ofKind("Namespace").findFirst().orElseThrow());

        assertThat(rendered.documents().stream()
                        .filter(document -> !Rendered.kind(document).equals("Namespace"))
                        .map(document -> document.at("/metadata/namespace").asText()))
                .containsOnly(namespace);
    }

    @Test
    void the_guide_tells_of_every_secret_that_must_be_there() {
        String guide = Repository.read("k8s/README.md");
        SortedSet<String> secrets = new TreeSet<>();
        Manifests.all().map(References::secrets).forEach(secrets::addAll);

        assertThat(secrets).isNotEmpty().allSatisfy(secret -> assertThat(guide).contains("`" + secret + "`"));
    }

    @Test
    void production_offers_every_component() {
        String production = Repository.read("k8s/overlays/production/kustomization.yaml");

        assertThat(Manifests.COMPONENTS)
                .allSatisfy(name -> assertThat(production).contains("- ../../components/" + name + "\n"));
    }

    @Test
    void the_guide_tells_of_every_component_and_overlay() {
        String guide = Repository.read("k8s/README.md");

        assertThat(Stream.concat(
                        Manifests.COMPONENTS.stream(),
                        Manifests.overlays().map(rendered -> rendered.name().substring("overlays/".length()))))
                .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }

    @Test
    void the_topics_are_the_contracts_and_no_autoscaler_starts_more_fetchers_than_they_have_partitions() {
        Function<String, Integer> partitions = topic -> Manifests.EVERYTHING
                .find("KafkaTopic", topic)
                .orElseThrow()
                .at("/spec/partitions")
                .asInt();

        assertThat(Manifests.EVERYTHING.ofKind("KafkaTopic").map(Rendered::name))
                .containsExactlyInAnyOrderElementsOf(contracts());
        assertThat(Manifests.EVERYTHING.ofKind("ScaledObject").toList())
                .isNotEmpty()
                .allSatisfy(scaled -> assertThat(scaled.at("/spec/triggers").valueStream())
                        .allSatisfy(trigger -> assertThat(partitions.apply(
                                        trigger.at("/metadata/topic").asText()))
                                .isGreaterThanOrEqualTo(
                                        scaled.at("/spec/maxReplicaCount").asInt())));
    }

    @Test
    void the_scaler_looks_at_groups_and_topics_that_the_fetcher_reads() {
        String properties = Repository.read("fetcher-service/src/main/resources/application.properties");

        assertThat(Manifests.EVERYTHING
                        .ofKind("ScaledObject")
                        .flatMap(scaled -> scaled.at("/spec/triggers").valueStream()))
                .isNotEmpty()
                .allSatisfy(trigger -> {
                    String group = trigger.at("/metadata/consumerGroup").asText();
                    String channel = properties
                            .lines()
                            .filter(line -> line.endsWith(".group.id=" + group))
                            .findFirst()
                            .orElseThrow();
                    assertThat(properties.lines())
                            .contains(channel.replace(
                                    ".group.id=" + group,
                                    ".topic=" + trigger.at("/metadata/topic").asText()));
                });
    }

    @Test
    void fetchers_for_bulk_alone_idle_at_zero_and_leave_listeners_to_the_others() {
        Rendered rendered = Manifests.EVERYTHING;
        Function<String, String> lanes = name -> Workload.of(rendered)
                .filter(workload -> workload.name().equals(name))
                .map(workload -> Configuration.of(workload, rendered).value("earshot.fetch.lanes"))
                .findFirst()
                .orElseThrow();

        assertThat(rendered.find("ScaledObject", "earshot-fetcher-bulk")
                        .orElseThrow()
                        .at("/spec/minReplicaCount")
                        .asInt(-1))
                .isZero();
        assertThat(lanes.apply("earshot-fetcher-bulk")).isEqualTo("bulk");
        assertThat(lanes.apply("earshot-fetcher")).isEqualTo("interactive");
    }

    @Test
    void fetchers_for_bulk_alone_are_otherwise_the_bases() throws JsonProcessingException {
        Rendered rendered = Manifests.withComponent("fetcher-bulk");
        String base = rendered.find("Deployment", "earshot-fetcher")
                .orElseThrow()
                .get("spec")
                .toString();
        ObjectNode bulk = (ObjectNode) rendered.find("Deployment", "earshot-fetcher-bulk")
                .orElseThrow()
                .get("spec");

        // What differs: how many, and the last two variables.
        ObjectNode same = bulk.deepCopy().put("replicas", 2);
        ArrayNode environment = (ArrayNode) same.at("/template/spec/containers/0/env");
        environment.remove(environment.size() - 1);
        environment.remove(environment.size() - 1);

        assertThat(Rendered.YAML.readTree(same.toString().replace("earshot-fetcher-bulk", "earshot-fetcher")))
                .isEqualTo(Rendered.YAML.readTree(base));
    }

    @Test
    void the_route_sets_no_limit_to_a_stream() {
        assertThat(Manifests.overlay("staging")
                        .ofKind("HTTPRoute")
                        .flatMap(route -> route.at("/spec/rules").valueStream())
                        .flatMap(rule -> Stream.of("request", "backendRequest")
                                .map(name -> rule.at("/timeouts/" + name).asText())))
                .isNotEmpty()
                .containsOnly("0s");
    }

    private static List<String> contracts() {
        return Stream.of(
                        Topics.CONSUMED.stream(),
                        Topics.CONSUMED.stream().map(Topics::deadLetters),
                        Stream.of(Topics.RECORDINGS, Topics.ACCESS))
                .flatMap(each -> each)
                .toList();
    }
}
