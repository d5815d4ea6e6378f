package dev.earshot.e2e.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the selectors of PromQL expressions: which metrics they read, and which of their series.
 *
 * <p>Not a parser: none for Java is kept up, and promtool prints no syntax tree. It knows as much of the grammar as tells
 * metrics from functions, operators and labels; that an expression is correct at all is promtool's to say, for the alerts
 * in {@code deploy/manifests}.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/basics/">Prometheus: querying basics</a>
 */
public final class PromQl {
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan", "start", "end");
    /** They are followed by a list of labels. */
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|\\[[^]]*]"
            + "|\\$\\w+|[0-9][0-9.a-zA-Z]*|[a-zA-Z_:][a-zA-Z0-9_:]*|=~|!~|!=|==|>=|<=|\\S");

    private final List<String> tokens;
    private int next;

    private PromQl(String expression) {
        this.tokens =
                TOKEN.matcher(expression).results().map(MatchResult::group).toList();
    }

    /**
     * A metric and what is asked of its labels.
     */
    public record Selector(String metric, List<Label> labels) {
        /** Whether a series is one of those, as far as a scrape can tell: what Prometheus adds is not asked. */
        public boolean selects(Series series, Set<String> added) {
            return series.metric().equals(metric)
                    && labels.stream()
                            .filter(label -> !added.contains(label.name()))
                            .allMatch(label -> label.matches(series.labels().getOrDefault(label.name(), "")));
        }
    }

    /** One condition, such as {@code lane="bulk"}. */
    public record Label(String name, String operator, String value) {
        boolean matches(String actual) {
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new IllegalArgumentException("no such operator: " + operator);
            };
        }
    }

    public static List<Selector> selectors(String expression) {
        return new PromQl(expression).selectors();
    }

    private List<Selector> selectors() {
        List<Selector> found = new ArrayList<>();
        while (next < tokens.size()) {
            String token = tokens.get(next++);
            if (LABEL_LISTS.contains(token)) {
                skipList();
            } else if (isMetric(token)) {
                found.add(new Selector(token, at("{") ? labels() : List.of()));
            }
        }
        return found;
    }

    /** A name that is neither a word, nor called, nor an aggregation whose labels come first. */
    private boolean isMetric(String token) {
        return token.matches("[a-zA-Z_:].*") && !WORDS.contains(token) && !at("(") && !at("by") && !at("without");
    }

    private boolean at(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    /** {@code group_left} may come without one. */
    private void skipList() {
        if (at("(")) {
            while (!at(")")) {
                next++;
            }
            next++;
        }
    }

    private List<Label> labels() {
        List<Label> labels = new ArrayList<>();
        next++;
        while (!at("}")) {
            labels.add(new Label(tokens.get(next), tokens.get(next + 1), unquoted(tokens.get(next + 2))));
            next += 3;
            next += at(",") ? 1 : 0;
        }
        next++;
        return labels;
    }

    private static String unquoted(String literal) {
        return literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
