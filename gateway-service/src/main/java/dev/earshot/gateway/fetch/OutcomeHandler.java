package dev.earshot.gateway.fetch;

import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingAccessed;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StateChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record of the topic of outcomes, to its effect. */
@ApplicationScoped
class OutcomeHandler {
    private final RecordHandler<RecordingEvent> handler;

    @Inject
    OutcomeHandler(Outcomes outcomes, DeadLetters deadLetters, OutcomesConfig config) {
        this(effects(outcomes), deadLetters::put, config);
    }

    OutcomeHandler(RecordHandler.Effects<RecordingEvent> effects, RecordHandler.Aside aside, OutcomesConfig config) {
        this.handler = new RecordHandler<>(RecordingEvent.class, effects, aside, config);
    }

    private static RecordHandler.Effects<RecordingEvent> effects(Outcomes outcomes) {
        return event -> switch (event) {
            case RecordingReady ready -> outcomes.ready(ready);
            case FetchFailed failed -> outcomes.failed(failed);
            case FetchRequested requested -> misplaced();
            case StateChanged changed -> misplaced();
            case RecordingAccessed accessed -> misplaced();
        };
    }

    /** @return completes when the record may be forgotten, however long that takes; never fails */
    Uni<Void> handle(ConsumerRecord<String, byte[]> record) {
        return handler.handle(record);
    }

    private static Uni<Optional<String>> misplaced() {
        return Uni.createFrom().item(Optional.of("this type does not belong on the topic of outcomes"));
    }
}
