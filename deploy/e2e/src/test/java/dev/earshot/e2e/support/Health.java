package dev.earshot.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What a service says of itself: gateway or fetcher. */
public final class Health {
    private final String service;

    private Health(String service) {
        this.service = service;
    }

    public static Health of(String service) {
        return new Health(service);
    }

    /** The status of ready or live. */
    public int status(String kind) {
        return ask(kind).statusCode();
    }

    /** The names that any check reports as degraded, in order. */
    public List<String> degraded() {
        List<String> names = new ArrayList<>();
        for (JsonNode check : Http.read(ask("ready")).get("checks")) {
            check.path("data").properties().stream()
                    .filter(entry -> entry.getValue().asText().startsWith("degraded"))
                    .forEach(entry -> names.add(entry.getKey()));
        }
        return names.stream().sorted().toList();
    }

    private HttpResponse<String> ask(String kind) {
        return Http.send(HttpRequest.newBuilder(
                        URI.create(Stack.running().at("/" + service + "ManagementUrl") + "/q/health/" + kind))
                .build());
    }
}
