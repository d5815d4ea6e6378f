package dev.earshot.gateway.playback;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.alias.AliasFilter;
import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.http.AudioRoute;
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
 * @param route how the audio is wanted
 * @param notReadyStatus what to answer while the audio is being fetched: 202, or 404 where an alias says so
 * @param headOnly HEAD: the head alone; RFC 9110 section 14.2 ignores Range for it
 * @param conditions what must hold
 * @param range the Range header, empty for HEAD
 * @param preferences the Prefer headers
 * @param traceparent the caller's trace
 * @param routing the connection
 * @param context the connection's event loop
 */
record Listener(
        Caller caller,
        Sid sid,
        AudioRoute route,
        int notReadyStatus,
        boolean headOnly,
        Conditions conditions,
        Optional<String> range,
        List<String> preferences,
        Optional<String> traceparent,
        RoutingContext routing,
        Context context) {

    static Listener of(Caller caller, Sid sid, AudioRoute route, boolean headOnly, RoutingContext routing) {
        HttpServerRequest request = routing.request();
        return new Listener(
                caller,
                sid,
                route,
                AliasFilter.notReadyStatus(routing),
                headOnly,
                new Conditions(
                        joined(request, "If-Match"),
                        joined(request, "If-Unmodified-Since"),
                        joined(request, "If-None-Match"),
                        joined(request, "If-Modified-Since"),
                        joined(request, "If-Range")),
                headOnly ? Optional.empty() : joined(request, "Range"),
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

    /**
     * Several lines are one value, with commas between (section 5.2). A date or an If-Range that came twice is thus none,
     * as sections 13.1.3 and 13.1.4 demand.
     */
    private static Optional<String> joined(HttpServerRequest request, String name) {
        List<String> lines = request.headers().getAll(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }
}
