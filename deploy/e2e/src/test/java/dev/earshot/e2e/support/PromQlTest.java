package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.PromQl.Label;
import dev.earshot.e2e.support.PromQl.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void functions_aggregations_ranges_and_label_lists_are_no_metrics() {
        assertThat(PromQl.selectors("histogram_quantile(0.95, sum by (le, pod) (rate(a_bucket[5m]))) > 1"))
                .containsExactly(new Selector("a_bucket", List.of()));
        assertThat(PromQl.selectors("time() - max(a_timestamp_seconds) > 120 or absent(b{job=\"x\"})"))
                .containsExactly(
                        new Selector("a_timestamp_seconds", List.of()),
                        new Selector("b", List.of(new Label("job", "=", "x"))));
        assertThat(PromQl.selectors("-sum(a) without (x) / on (y) group_left b unless c offset 5m"))
                .extracting(Selector::metric)
                .containsExactly("a", "b", "c");
    }

    @Test
    void what_is_asked_of_labels_is_kept_whatever_stands_in_the_quotes() {
        assertThat(PromQl.selectors("rate(a{x=\"1\", y!~\"b{c}|d,e\" ,z=~\"$var\"}[$__rate_interval])"))
                .containsExactly(new Selector(
                        "a",
                        List.of(
                                new Label("x", "=", "1"),
                                new Label("y", "!~", "b{c}|d,e"),
                                new Label("z", "=~", "$var"))));
    }

    @Test
    void a_series_is_selected_by_what_a_scrape_can_tell() {
        List<Series> scrape = Series.of("# HELP a b\na_total{lane=\"bulk\",reason=\"\"} 1.0\nb 2.0\n");
        Selector bulk = new Selector(
                "a_total", List.of(new Label("lane", "=~", "bulk|other"), new Label("namespace", "=", "earshot")));
        Selector none = new Selector("a_total", List.of(new Label("lane", "!=", "bulk")));

        assertThat(scrape).hasSize(2).anyMatch(series -> bulk.selects(series, Set.of("namespace")));
        assertThat(scrape).noneMatch(series -> none.selects(series, Set.of()));
        assertThat(scrape).noneMatch(series -> bulk.selects(series, Set.of()));
    }
}
