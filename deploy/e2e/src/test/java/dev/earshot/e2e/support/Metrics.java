package dev.earshot.e2e.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.function.Supplier;

/** A service's metrics as Prometheus scrapes them. */
public final class Metrics {
    private final Supplier<String> url;

    private Metrics(Supplier<String> url) {
        this.url = url;
    }

    public static Metrics gateway() {
        return new Metrics(() -> Stack.running().at("/gatewayManagementUrl"));
    }

    public static Metrics fetcher() {
        return new Metrics(() -> Stack.running().at("/fetcherManagementUrl"));
    }

    /** The whole text. */
    public String scrape() {
        return Http.send(HttpRequest.newBuilder(URI.create(url.get() + "/q/metrics"))
                        .header("Accept", "text/plain")
                        .build())
                .body();
    }

    /** The sum over all label values of a metric, 0 where it does not show. */
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
