package dev.earshot.e2e.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Services' metrics as Prometheus scrapes them. */
public final class Metrics {
    private final Supplier<List<String>> names;

    private Metrics(Supplier<List<String>> names) {
        this.names = names;
    }

    /** Of all gateways. */
    public static Metrics gateway() {
        return new Metrics(() -> Stack.running().replicas("gateway"));
    }

    /** Of all fetchers. */
    public static Metrics fetcher() {
        return new Metrics(() -> Stack.running().replicas("fetcher"));
    }

    /** Of one replica. */
    public static Metrics of(String name) {
        return new Metrics(() -> List.of(name));
    }

    /** The whole text. */
    public String scrape() {
        return names.get().stream().map(Metrics::scrape).collect(Collectors.joining());
    }

    private static String scrape(String name) {
        return Http.send(HttpRequest.newBuilder(URI.create(Stack.running().managementUrl(name) + "/q/metrics"))
                        .header("Accept", "text/plain")
                        .build())
                .body();
    }

    /** The sum over all services and label values of a metric, 0 where it does not show. */
    public double sum(String name) {
        return sum(name, "");
    }

    /** The sum over the label values that come with this one, for example {@code outcome="expired"}. */
    public double sum(String name, String label) {
        return scrape().lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
