package dev.earshot.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The caller's trace context (W3C Trace Context, version 00), kept only if it is well-formed. */
public final class Traces {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Traces() {}

    /** The header, if it is one. */
    public static Optional<String> parent(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("traceparent"))
                .filter(text -> TRACEPARENT.matcher(text).matches());
    }
}
