package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert is good PromQL, fires when it should, stays silent when it should not, and tells what to do. */
class AlertsTest {
    /** A test that failed: of which alert, and what it had expected. */
    private static final Pattern FAILED = Pattern.compile(
            "ALERTS\\{alertname=\\\\\"(\\w+)\\\\\",alertstate=\\\\\"firing\\\\\"}\", time: \\w+,\\s+exp: (.*)");

    private static final Pattern LABEL = Pattern.compile("\\$labels\\.([a-z_]+)");

    static List<Alert> alerts() {
        return Alert.all();
    }

    @Test
    void prometheus_takes_the_rules_and_their_unit_tests_pass() {
        Path folder = Alert.written("as-they-are", rule -> {});

        assertThat(Promtool.run(folder, "check", "rules", "rules.yaml"))
                .as("promtool check rules")
                .matches(result -> result.exitCode() == 0);
        Promtool.Result tests = Promtool.run(folder, "test", "rules", "tests.yaml");
        assertThat(tests.exitCode()).as(tests.said()).isZero();
    }

    @Test
    void every_alert_has_a_test_in_which_it_fires_and_one_in_which_it_stays_silent() {
        Set<String> names = alerts().stream().map(Alert::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested(true)).isEqualTo(names);
        assertThat(tested(false)).isEqualTo(names);
    }

    /** Alerts that never fire, or always do, must not pass: else the tests would prove nothing. Promtool takes its time. */
    @ParameterizedTest
    @CsvSource({"vector(0) > 1, ALERTS", "vector(1), nil"})
    @Tag("long")
    void the_unit_tests_notice_when_an_alert_is_broken(String expression, String expected) {
        Path folder = Alert.written("broken-" + expected, rule -> rule.put("expr", expression));

        String said = Promtool.run(folder, "test", "rules", "tests.yaml").said();

        Set<String> failed = FAILED.matcher(said)
                .results()
                .filter(test -> test.group(2).contains(expected))
                .map(test -> test.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(failed).isEqualTo(alerts().stream().map(Alert::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_says_how_bad_it_is_and_what_to_do_first(Alert alert) {
        assertThat(alert.severity()).isIn("critical", "warning");
        assertThat(alert.annotation("summary")).hasSizeBetween(15, 120);
        assertThat(alert.annotation("description")).hasSizeGreaterThan(40);
        String expression = alert.rule().path("expr").asText();
        assertThat(labels(alert))
                .as("labels in its texts that its expression keeps")
                .allMatch(label ->
                        expression.matches("(?s).*by \\([^)]*\\b" + label + "\\b.*") || expression.matches("up\\{.*"));
    }

    /** What a test of that kind expects of which alert. */
    private static Set<String> tested(boolean firing) {
        return StreamSupport.stream(Alert.tests().spliterator(), false)
                .filter(test -> isAsNamed(test, firing))
                .map(test -> test.path("name").asText().split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By what it asks of Prometheus, not by its name alone. */
    private static boolean isAsNamed(JsonNode test, boolean firing) {
        String name = test.path("name").asText();
        JsonNode asked = test.at("/promql_expr_test/0");
        String firingNow = "ALERTS{alertname=\"" + name.split(" ")[0] + "\",alertstate=\"firing\"}";
        return test.path("promql_expr_test").size() == 1
                && asked.path("expr").asText().equals(firingNow)
                && asked.path("exp_samples").isArray()
                && asked.path("exp_samples").isEmpty() != firing
                && name.contains(firing ? " fires when " : " stays silent when ");
    }

    private static List<String> labels(Alert alert) {
        return LABEL.matcher(alert.annotation("summary") + alert.annotation("description"))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
