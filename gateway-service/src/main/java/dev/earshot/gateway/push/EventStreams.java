package dev.earshot.gateway.push;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.shutdown.Draining;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of this gateway: bounded, counted, and told to go elsewhere when it stops. */
@ApplicationScoped
class EventStreams implements Draining.Work {
    /** Another replica may have room now. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Pusher pusher;
    private final Draining draining;
    private final PushConfig config;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    EventStreams(Pusher pusher, Draining draining, PushConfig config, MeterRegistry meters, Clock clock) {
        this.pusher = pusher;
        this.draining = draining;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        Gauge.builder("earshot.push.streams", open, Set::size)
                .description("Event streams that are open")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        draining.begins().subscribe().with(ignored -> open.forEach(stream -> stream.reconnect(Ending.SHUTDOWN)));
    }

    /**
     * Sends the events of these recordings, or of the whole tenant if there are none, until the stream ends.
     *
     * @param validUntil when the token ends, and the stream with it
     * @throws Problem in the Uni, before anything is sent: 503 {@code too-many-subscribers}
     */
    Uni<Response> send(Tenant tenant, Set<RecordingSid> sids, Instant validUntil, RoutingContext routing) {
        List<RecordingKey> keys =
                sids.stream().map(sid -> new RecordingKey(tenant, sid)).toList();
        return Uni.createFrom().deferred(() -> {
            EventStream stream = new EventStream(routing, config, (ended, how) -> ended(ended, tenant, keys, how));
            if (open.size() >= config.maxStreams() || !join(stream, tenant, keys)) {
                return Uni.createFrom()
                        .failure(Problem.of(ProblemType.TOO_MANY_SUBSCRIBERS).retryAfter(RETRY));
            }
            open.add(stream);
            if (draining.begun()) {
                // It may have come too late for the signal; this happens when it has begun.
                stream.reconnect(Ending.SHUTDOWN);
            }
            return stream.run(Duration.between(clock.instant(), validUntil))
                    .onItem()
                    .transformToUni(ended -> Uni.createFrom().nullItem());
        });
    }

    private boolean join(EventStream stream, Tenant tenant, List<RecordingKey> keys) {
        if (keys.isEmpty()) {
            pusher.join(stream, tenant);
            return true;
        }
        return pusher.join(stream, keys);
    }

    private void ended(EventStream stream, Tenant tenant, List<RecordingKey> keys, Ending ending) {
        open.remove(stream);
        if (keys.isEmpty()) {
            pusher.leave(stream, tenant);
        } else {
            pusher.leave(stream, keys);
        }
        meters.counter("earshot.push.streams.ended", "reason", ending.code()).increment();
    }

    @Override
    public int open() {
        return open.size();
    }

    @Override
    public void reset() {
        open.forEach(EventStream::reset);
    }
}
