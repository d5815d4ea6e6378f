package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts look at metrics that exist. */
class MetricsTest {
    private static final Pattern JOB = Pattern.compile("job=~?\"([^\"]+)\"");
    private static final Pattern METRIC = Pattern.compile("\\b(?:earshot|http_server)_[a-z0-9_]+");

    @Test
    void every_metric_in_alerts_and_dashboard_is_documented() throws JsonProcessingException {
        Set<String> known = new TreeSet<>();
        Repository.read("docs/metrics.md")
                .lines()
                .filter(line -> line.matches("\\| `[a-z_]+` \\| (counter|gauge|histogram|summary) .*"))
                .forEach(line -> metrics(line.split("\\|", -1)[1]).forEach(known::add));
        List<String> expressions = expressions();

        assertThat(expressions)
                .hasSizeGreaterThan(50)
                .allSatisfy(expression -> assertThat(
                                metrics(expression).map(metric -> metric.replaceAll("_(bucket|sum|count)$", "")))
                        .allMatch(known::contains));
    }

    /** The Prometheus operator names a job after the Service. */
    @Test
    void jobs_in_alerts_are_services_whose_metrics_are_read() throws JsonProcessingException {
        Set<String> jobs = expressions().stream()
                .flatMap(expression -> JOB.matcher(expression).results())
                .flatMap(found -> Stream.of("gateway", "fetcher")
                        .map(each -> "earshot-" + each + "-management")
                        .filter(job -> job.matches(found.group(1))))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(jobs)
                .hasSize(2)
                .allSatisfy(job -> assertThat(Manifests.BASE.find("Service", job))
                        .hasValueSatisfying(service -> assertThat(service.at("/metadata/labels/earshot.dev~1metrics")
                                        .asText())
                                .isEqualTo("true")));
    }

    /** Grafana shows nothing, and says nothing, where a panel lacks one of these. */
    @Test
    void every_panel_says_what_it_shows_in_which_unit_and_from_where() throws JsonProcessingException {
        List<JsonNode> panels = new ArrayList<>();
        dashboard().get("panels").forEach(panels::add);

        assertThat(panels.stream().map(panel -> panel.get("id").asInt())).doesNotHaveDuplicates();
        List<JsonNode> charts = panels.stream()
                .filter(panel -> !panel.get("type").asText().equals("row"))
                .toList();
        assertThat(charts.size()).isGreaterThan(12);
        charts.forEach(panel -> {
            String title = panel.get("title").asText();
            assertThat(panel.path("description").asText()).as(title).hasSizeGreaterThan(20);
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isNotEmpty();
            assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(panel.findValuesAsText("expr"))
                    .as(title)
                    .isNotEmpty()
                    .allMatch(expression -> expression.contains("$namespace"));
        });
        assertThat(dashboard().at("/templating/list").findValuesAsText("name"))
                .containsExactly("datasource", "namespace");
    }

    private static List<String> expressions() throws JsonProcessingException {
        Stream<String> rules =
                Manifests.EVERYTHING.ofKind("PrometheusRule").flatMap(each -> each.findValuesAsText("expr").stream());
        return Stream.concat(rules, dashboard().findValuesAsText("expr").stream())
                .toList();
    }

    private static JsonNode dashboard() throws JsonProcessingException {
        return Rendered.YAML.readTree(Manifests.EVERYTHING
                .find("ConfigMap", "earshot-dashboard")
                .orElseThrow()
                .at("/data/earshot.json")
                .asText());
    }

    private static Stream<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group);
    }
}
