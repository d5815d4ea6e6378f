package dev.earshot.gateway.http;

import dev.earshot.gateway.recording.Sid;
import dev.earshot.gateway.trace.Spans;
import dev.earshot.gateway.trace.Step;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The span of each request, from its head to the last byte of its answer. What follows from the request sees the span as
 * its caller: the request's own {@code traceparent} is replaced by it.
 *
 * <p>The query is not in it, nor the client's address, nor a path that is none of ours or holds anything but a SID.
 */
@ApplicationScoped
public class RequestSpans {
    /** After the aliases, whose reroute would drop it, and before everything that answers. */
    private static final int AFTER_ALIASES = 15_000;

    private static final int BODY_TOO_LARGE = 413;
    private static final int SERVER_ERRORS = 500;
    private static final String KEY = RequestSpans.class.getName();
    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

    private final Spans spans;
    private final RouteTable routes;

    RequestSpans(
            Spans spans,
            @ConfigProperty(name = "quarkus.micrometer.binder.http-server.match-patterns") List<String> patterns) {
        this.spans = spans;
        this.routes = new RouteTable(patterns);
    }

    void register(@Observes Filters filters) {
        if (spans.isOn()) {
            filters.register(this::trace, AFTER_ALIASES);
        }
    }

    /** The request's span, for what is learned of it later. */
    public static Step of(RoutingContext routing) {
        Step step = routing.get(KEY);
        return step == null ? Step.passing(Optional.empty()) : step;
    }

    void trace(RoutingContext routing) {
        Step step = begin(routing.request());
        routing.put(KEY, step);
        routing.addHeadersEndHandler(ignored -> {
            int status = routing.response().getStatusCode();
            answered(step, status);
            if (status == BODY_TOO_LARGE) {
                // A refused body reports no end.
                step.end();
            }
        });
        routing.addEndHandler(ended -> {
            step.with("earshot.whole_answer", Boolean.toString(ended.succeeded()));
            step.end();
        });
        routing.next();
    }

    private Step begin(HttpServerRequest request) {
        String method =
                METHODS.contains(request.method().name()) ? request.method().name() : "_OTHER";
        @Nullable String path = request.path();
        Optional<String> route = routes.template(path);
        Step step = spans.request(route.map(known -> method + " " + known).orElse(method), Traces.parent(request))
                .with("http.request.method", method)
                .with("url.scheme", request.isSSL() ? "https" : "http")
                .with("network.protocol.version", version(request.version()));
        route.ifPresent(known -> {
            step.with("http.route", known);
            if (path != null) {
                RouteTable.sid(known, path).ifPresent(sid -> about(step, sid));
                if (RouteTable.isHarmless(known, path)) {
                    step.with("url.path", path);
                }
            }
        });
        step.traceparent().ifPresent(context -> request.headers().set("traceparent", context));
        return step;
    }

    private static void about(Step step, Sid sid) {
        switch (sid) {
            case Sid.OfRecording named ->
                step.with("earshot.recording_sid", named.sid().value());
            case Sid.OfCall named -> step.with("earshot.call_sid", named.sid().value());
        }
    }

    private static void answered(Step step, int status) {
        step.with("http.response.status_code", status);
        if (status >= SERVER_ERRORS) {
            step.failed(Integer.toString(status));
        }
    }

    private static String version(@Nullable HttpVersion version) {
        return version == HttpVersion.HTTP_2 ? "2" : version == HttpVersion.HTTP_1_0 ? "1.0" : "1.1";
    }
}
