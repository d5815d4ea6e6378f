package dev.earshot.gateway.access;

import dev.earshot.events.RecordingAccessed;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.problem.Problem;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells who listened to what, where that is wanted. Neither blocks nor fails, whatever becomes of the event. */
@ApplicationScoped
public class AccessAudit {
    private static final Logger LOG = Logger.getLogger(AccessAudit.class);

    private final boolean enabled;
    private final KafkaAccessTopic topic;
    private final Clock clock;

    AccessAudit(AccessAuditConfig config, KafkaAccessTopic topic, Clock clock) {
        this.enabled = config.enabled();
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * A request for audio that is there has ended: its answer is written or broken off, or it is refused.
     *
     * @param refusal why nothing was written, null if something was
     */
    public void ended(
            Caller caller,
            RecordingKey recording,
            RoutingContext routing,
            Optional<String> traceparent,
            @Nullable Throwable refusal) {
        if (!enabled) {
            return;
        }
        try {
            topic.offer(event(caller, recording, routing, refusal), traceparent);
        } catch (RuntimeException e) {
            LOG.error("An access could not be told", e);
        }
    }

    private RecordingAccessed event(
            Caller caller, RecordingKey recording, RoutingContext routing, @Nullable Throwable refusal) {
        HttpServerResponse response = routing.response();
        Answer answer = refusal == null
                ? Answer.written(
                        routing.request().method(),
                        response.getStatusCode(),
                        response.headers(),
                        response.bytesWritten())
                : Answer.refused(
                        refusal instanceof Problem problem ? problem.type().status() : 500);
        return new RecordingAccessed(
                recording.tenant(),
                recording.recordingSid(),
                UUID.randomUUID().toString(),
                caller.subject(),
                caller.credential(),
                answer.range(),
                answer.outcome(),
                answer.status(),
                answer.bytesSent(),
                clock.instant());
    }
}
