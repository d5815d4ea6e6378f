package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The network policies let through the arrows of the design, and nothing else. */
class FlowsTest {
    private static final List<String> ARROWS = List.of(
            "all -> namespace kube-system kube-dns TCP 53",
            "all -> namespace kube-system kube-dns UDP 53",
            "gateway <- namespace ingress TCP 8080",
            "gateway <- namespace monitoring TCP 8081",
            "fetcher <- namespace monitoring TCP 9000",
            "gateway -> namespace database TCP 5432",
            "migrations -> namespace database TCP 5432",
            "gateway -> namespace kafka TCP 9093",
            "fetcher -> namespace kafka TCP 9093",
            "gateway -> namespace object-store TCP 443",
            "fetcher -> namespace object-store TCP 443",
            "gateway -> namespace identity-provider TCP 443",
            "fetcher -> public TCP 443");

    static Stream<Rendered> all() {
        return Manifests.all();
    }

    @Test
    void the_base_allows_the_designs_arrows_alone() {
        assertThat(Flows.of(Manifests.BASE)).containsExactlyInAnyOrderElementsOf(ARROWS);
    }

    @Test
    void production_names_what_is_outside_by_its_addresses() {
        assertThat(Flows.of(Manifests.overlay("production")))
                .containsExactlyInAnyOrderElementsOf(changed(
                        List.of(
                                "gateway -> namespace database TCP 5432",
                                "migrations -> namespace database TCP 5432",
                                "gateway -> namespace kafka TCP 9093",
                                "fetcher -> namespace kafka TCP 9093"),
                        List.of(
                                "gateway -> 192.0.2.10/32 TCP 5432",
                                "migrations -> 192.0.2.10/32 TCP 5432",
                                "gateway -> 192.0.2.64/28 TCP 9093",
                                "fetcher -> 192.0.2.64/28 TCP 9093",
                                "gateway -> public TCP 443")));
    }

    @Test
    void staging_has_its_database_beside_it() {
        String instances = "instances of earshot-database";
        assertThat(Flows.of(Manifests.overlay("staging")))
                .containsExactlyInAnyOrderElementsOf(changed(
                        List.of("gateway -> namespace database TCP 5432", "migrations -> namespace database TCP 5432"),
                        List.of(
                                "gateway -> " + instances + " TCP 5432",
                                "migrations -> " + instances + " TCP 5432",
                                instances + " <- gateway TCP 5432",
                                instances + " <- migrations TCP 5432",
                                instances + " <- " + instances + " TCP 5432",
                                instances + " -> " + instances + " TCP 5432",
                                instances + " <- namespace cnpg-system TCP 5432",
                                instances + " <- namespace cnpg-system TCP 8000",
                                instances + " -> anything TCP 443",
                                instances + " -> anything TCP 6443")));
    }

    @Test
    void one_machine_has_plain_ports() {
        assertThat(Flows.of(Manifests.overlay("local")))
                .containsExactlyInAnyOrderElementsOf(changed(
                        List.of(
                                "gateway -> namespace kafka TCP 9093",
                                "fetcher -> namespace kafka TCP 9093",
                                "gateway -> namespace object-store TCP 443",
                                "fetcher -> namespace object-store TCP 443",
                                "gateway -> namespace identity-provider TCP 443"),
                        List.of(
                                "gateway -> namespace kafka TCP 9092",
                                "fetcher -> namespace kafka TCP 9092",
                                "gateway -> namespace object-store TCP 9000",
                                "fetcher -> namespace object-store TCP 9000",
                                "gateway -> namespace identity-provider TCP 8080")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_no_policy_allows_is_denied(Rendered rendered) {
        assertThat(Flows.denyByDefault(rendered)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_fetcher_never_reaches_a_database_and_nobody_calls_it(Rendered rendered) {
        assertThat(Flows.of(rendered)).noneMatch(flow -> flow.startsWith("fetcher -> ") && flow.endsWith(" 5432"));
        assertThat(Flows.of(rendered).stream().filter(flow -> flow.startsWith("fetcher <- ")))
                .containsExactly("fetcher <- namespace monitoring TCP 9000");
    }

    @Test
    void only_the_component_that_says_so_lets_the_gateway_out() {
        assertThat(Manifests.all().filter(rendered -> Flows.of(rendered).contains("gateway -> public TCP 443")))
                .extracting(Rendered::name)
                .containsExactlyInAnyOrder("components/public-store-and-provider", "overlays/production", "everything");
    }

    @Test
    void only_tracing_lets_both_services_reach_a_collector_and_tells_them_where_it_is() {
        Rendered tracing = Manifests.withComponent("tracing");

        assertThat(Flows.of(tracing))
                .containsExactlyInAnyOrderElementsOf(changed(
                        List.of(),
                        List.of("gateway -> namespace tracing TCP 4317", "fetcher -> namespace tracing TCP 4317")));
        assertThat(Workload.of(tracing)
                        .map(workload -> workload.environment(tracing).get("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT")))
                .isNotEmpty()
                .allMatch(endpoint -> endpoint != null && endpoint.endsWith(":4317"));
        assertThat(Workload.of(tracing)
                        .map(workload -> workload.environment(tracing).get("QUARKUS_OTEL_SDK_DISABLED")))
                .containsOnly("false");
        assertThat(Workload.of(Manifests.BASE)
                        .map(workload -> workload.environment(Manifests.BASE).keySet()))
                .noneMatch(variables -> variables.contains("QUARKUS_OTEL_SDK_DISABLED"));
    }

    private static Set<String> changed(List<String> without, List<String> with) {
        Set<String> flows = new HashSet<>(ARROWS);
        assertThat(flows).containsAll(without);
        without.forEach(flows::remove);
        flows.addAll(with);
        return flows;
    }
}
