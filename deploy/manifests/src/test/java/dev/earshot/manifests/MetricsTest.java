package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts look at metrics that exist. */
class MetricsTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:earshot|http_server)_[a-z0-9_]+");

    @Test
    void every_metric_in_alerts_and_dashboard_is_in_the_readmes_table() throws JsonProcessingException {
        Set<String> known = new TreeSet<>();
        Repository.read("README.md")
                .lines()
                .filter(line -> line.matches("\\| (gateway|fetcher|both) \\| `[a-z_]+`.*"))
                .forEach(line -> metrics(line.split("\\|", -1)[2]).forEach(known::add));
        List<String> expressions = expressions();

        assertThat(expressions)
                .hasSizeGreaterThan(15)
                .allSatisfy(expression -> assertThat(
                                metrics(expression).map(metric -> metric.replaceAll("_(bucket|sum|count)$", "")))
                        .isNotEmpty()
                        .allMatch(known::contains));
    }

    private static List<String> expressions() throws JsonProcessingException {
        JsonNode dashboard = Rendered.YAML.readTree(Manifests.EVERYTHING
                .find("ConfigMap", "earshot-dashboard")
                .orElseThrow()
                .at("/data/earshot.json")
                .asText());
        Stream<String> rules =
                Manifests.EVERYTHING.ofKind("PrometheusRule").flatMap(each -> each.findValuesAsText("expr").stream());
        return Stream.concat(rules, dashboard.findValuesAsText("expr").stream()).toList();
    }

    private static Stream<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group);
    }
}
