package dev.earshot.gateway.playback;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.http.Traces;
import dev.earshot.gateway.recording.Sid;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One request to listen.
 *
 * @param caller who asks, and whose recordings may be named
 * @param sid which is meant
 * @param headOnly HEAD: the head alone; RFC 9110 section 14.2 ignores Range for it
 * @param conditions what must hold
 * @param range the Range header
 * @param preferences the Prefer headers
 * @param traceparent the caller's trace
 * @param routing the connection
 * @param context the connection's event loop
 */
record Listener(
        Caller caller,
        Sid sid,
        boolean headOnly,
        Conditions conditions,
        Optional<String> range,
        List<String> preferences,
        Optional<String> traceparent,
        RoutingContext routing,
        Context context) {

    static Listener of(Caller caller, Sid sid, boolean headOnly, RoutingContext routing) {
        HttpServerRequest request = routing.request();
        return new Listener(
                caller,
                sid,
                headOnly,
                new Conditions(
                        joined(request, "If-Match"),
                        single(request, "If-Unmodified-Since"),
                        joined(request, "If-None-Match"),
                        single(request, "If-Modified-Since"),
                        single(request, "If-Range")),
                headOnly ? Optional.empty() : single(request, "Range"),
                request.headers().getAll("Prefer"),
                Traces.parent(request),
                routing,
                routing.vertx().getOrCreateContext());
    }

    Tenant tenant() {
        return caller.tenant();
    }

    /** Runs on the connection's event loop: answers may come from anybody's thread. */
    Executor onConnection() {
        return command -> context.runOnContext(ignored -> command.run());
    }

    /** Comes when the connection or the HTTP/2 stream has ended before its answer. */
    Uni<Boolean> left() {
        return Uni.createFrom().emitter(emitter -> routing.addEndHandler(ended -> emitter.complete(true)));
    }

    private static Optional<String> single(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** Section 5.2: several lines of a list are one list. */
    private static Optional<String> joined(HttpServerRequest request, String name) {
        List<String> lines = request.headers().getAll(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }
}
