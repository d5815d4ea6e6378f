package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Metrics;
import dev.earshot.e2e.support.PromQl;
import dev.earshot.e2e.support.PromQl.Selector;
import dev.earshot.e2e.support.Series;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What alerts and dashboard ask for is in a scrape of the running services, and docs/metrics.md tells of all of it. */
class MetricsAreThereTest {
    /** Labels that Prometheus gives to what it has scraped. */
    private static final Set<String> ADDED = Set.of("namespace", "pod", "job", "instance", "service");
    /** It says itself whether a scrape worked. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    private static final Path COMPONENTS = Stack.root().resolve("k8s/components");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(earshot_[a-z_]+)` \\| (\\w+) \\| (\\w*) \\| ([^|]*) \\| (start|after) \\|");

    @BeforeAll
    static void somebodyListens() {
        Simulator.Recorded recorded = Simulator.call("acme");
        assertThat(Listener.of("acme")
                        .streamWaiting(recorded.recordingSid(), 20)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void every_selector_of_the_alerts_finds_series() throws IOException {
        List<String> expressions = new YAMLMapper()
                .readTree(COMPONENTS.resolve("prometheus-rule/rules.yaml").toFile())
                .findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(25);
        findsSeries(expressions);
    }

    @Test
    void every_selector_of_the_dashboard_finds_series() throws IOException {
        JsonNode dashboard = Http.JSON.readTree(
                COMPONENTS.resolve("grafana-dashboard/earshot.json").toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(25);
        findsSeries(expressions);
    }

    @Test
    void our_own_metrics_stand_in_the_documentation_with_their_types_and_the_other_way_round() throws IOException {
        String page = Files.readString(Stack.root().resolve("docs/metrics.md"));
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(page).results().forEach(row -> documented.put(row.group(1), row.group(2)));
        Set<String> fromTheStart = ROW.matcher(page)
                .results()
                .filter(row -> row.group(5).equals("start"))
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toSet());

        Map<String, String> live = types();

        assertThat(live)
                .isNotEmpty()
                .allSatisfy((name, type) -> assertThat(documented).containsEntry(name, type));
        assertThat(live.keySet()).containsAll(fromTheStart);
    }

    private static void findsSeries(List<String> expressions) {
        List<Selector> selectors = expressions.stream()
                .flatMap(expression -> PromQl.selectors(expression).stream())
                .filter(selector -> !OF_PROMETHEUS.contains(selector.metric()))
                .toList();
        assertThat(selectors).hasSizeGreaterThanOrEqualTo(expressions.size() - 5);
        // The lag is measured every few seconds, streams end a moment after their last byte.
        eventually(() -> {
            List<Series> scrape = Series.of(scrape());
            assertThat(selectors)
                    .allSatisfy(selector -> assertThat(scrape).anyMatch(series -> selector.selects(series, ADDED)));
        });
    }

    /** By name, as samples have it. */
    private static Map<String, String> types() {
        Map<String, String> all = scrape().lines()
                .filter(line -> line.startsWith("# TYPE earshot_"))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(line -> line[2], line -> line[3], (one, other) -> one, TreeMap::new));
        // Beside each timer stands the greatest value of the last minutes.
        return all.entrySet().stream()
                .filter(each -> !each.getKey().endsWith("_max") || !all.containsKey(base(each.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String base(String max) {
        return max.substring(0, max.length() - "_max".length());
    }

    private static String scrape() {
        return Stream.of(Metrics.gateway(), Metrics.fetcher())
                .map(Metrics::scrape)
                .collect(Collectors.joining());
    }
}
