package dev.earshot.fetcher.outcome;

import dev.earshot.events.EventCodec;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.Topics;
import dev.earshot.fetcher.fetch.FetchResult;
import dev.earshot.fetcher.health.Dependencies;
import dev.earshot.fetcher.trace.Spans;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Publishes outcomes. */
@Singleton
public class Announcer {
    private static final String TRACE_PARENT = "traceparent";

    private final MutinyEmitter<byte[]> outcomes;
    private final OutcomeLog log;
    private final PublishRetry retry;
    private final Clock clock;
    private final Spans spans;

    /** The buffer has no bound of its own: what is in it is bounded by the requests that are in hand. */
    @Inject
    Announcer(
            @Channel("fetch-outcomes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> outcomes,
            OutcomeLog log,
            OutcomeConfig config,
            Dependencies dependencies,
            Clock clock,
            Spans spans) {
        this.outcomes = outcomes;
        this.log = log;
        this.retry = new PublishRetry(config.retryInitial(), config.retryMax(), dependencies);
        this.clock = clock;
        this.spans = spans;
    }

    /**
     * Publishes the answer to a request.
     *
     * @param traceParent the request's trace context, if it has one
     * @return completes after the broker's ack, however long that takes; never fails
     */
    public Uni<Void> announce(FetchRequested request, FetchResult result, Optional<String> traceParent) {
        RecordingEvent event = OutcomeEvents.of(request, result, clock.instant());
        return spans.sending(
                        Topics.FETCH_OUTCOMES,
                        traceParent,
                        step -> retry.untilAcknowledged(() -> outcomes.sendMessage(
                                message(event, step.about(event.key()).traceparent()))))
                .invoke(() -> log.finished(request, result, traceParent));
    }

    private static Message<byte[]> message(RecordingEvent event, Optional<String> traceParent) {
        RecordHeaders headers = new RecordHeaders();
        EventCodec.headers(event).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        traceParent.ifPresent(value -> headers.add(TRACE_PARENT, value.getBytes(StandardCharsets.UTF_8)));
        return Message.of(EventCodec.data(event))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.key().kafkaKey())
                        .withHeaders(headers)
                        .build());
    }
}
