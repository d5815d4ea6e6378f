package dev.earshot.gateway.http;

import dev.earshot.gateway.trace.TraceParent;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The trace context (W3C Trace Context, version 00) of a request: its caller's, or the request's own span where that is traced. */
public final class Traces {
    private Traces() {}

    /** The header, if it is one. */
    public static Optional<String> parent(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("traceparent")).filter(TraceParent::isOne);
    }
}
