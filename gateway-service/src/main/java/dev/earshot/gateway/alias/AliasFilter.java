package dev.earshot.gateway.alias;

import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request for an alias on as one for its route, query and all, before anything else has seen it: tokens, limits, headers and
 * counting work as if the route itself had been asked for.
 */
@ApplicationScoped
public class AliasFilter {
    /** Before the edge, whose handlers a reroute would drop. */
    private static final int FIRST = 20_000;

    private static final String NOT_READY = AliasFilter.class.getName();

    private final Aliases aliases;

    AliasFilter(Aliases aliases) {
        this.aliases = aliases;
    }

    void register(@Observes Filters filters) {
        filters.register(this::reroute, FIRST);
    }

    /** What this request is to be told while the audio is being fetched: 202, unless its alias says otherwise. */
    public static int notReadyStatus(RoutingContext routing) {
        Integer status = routing.get(NOT_READY);
        return status == null ? 202 : status;
    }

    private void reroute(RoutingContext routing) {
        // As it came: to normalise a path that is none fails, and what is no path at all is null.
        @Nullable String path = routing.request().path();
        if (path == null) {
            routing.next();
        } else {
            aliases.of(path).ifPresentOrElse(alias -> reroute(routing, alias, path), routing::next);
        }
    }

    private static void reroute(RoutingContext routing, Alias alias, String path) {
        routing.put(NOT_READY, alias.notReadyStatus());
        name(routing, alias);
        String query = routing.request().query();
        String target = alias.target(path).orElse(path);
        routing.reroute(query == null ? target : target + "?" + query);
    }

    /** A metric for each SID that somebody asks for would be one too many. */
    private static void name(RoutingContext routing, Alias alias) {
        @Nullable HttpRequestMetric metric = HttpRequestMetric.getRequestMetric(routing);
        if (metric != null) {
            metric.setTemplatePath(alias.template());
        }
    }
}
