package dev.earshot.gateway.fetch;

import dev.earshot.events.EventCodec;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StateChanged;
import dev.earshot.events.UnreadableEventException;
import dev.earshot.gateway.recording.RecordingsUnavailableException;
import dev.earshot.gateway.store.StoreUnavailableException;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads outcomes one after the other, so each recording's stay in order. The offset moves on only after the effect:
 * what the database or the store cannot do now is tried again here until it can.
 */
@ApplicationScoped
class OutcomeConsumer {
    private static final Logger LOG = Logger.getLogger(OutcomeConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Outcomes outcomes;
    private final DeadLetters deadLetters;

    OutcomeConsumer(Outcomes outcomes, DeadLetters deadLetters) {
        this.outcomes = outcomes;
        this.deadLetters = deadLetters;
    }

    @Incoming("fetch-outcomes")
    @NonBlocking
    Uni<Void> consume(ConsumerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .deferred(() -> handle(record))
                .onFailure(OutcomeConsumer::isInfrastructure)
                .invoke(failure -> LOG.warnf("An outcome is tried again: %s", failure.getMessage()))
                .onFailure(OutcomeConsumer::isInfrastructure)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private static boolean isInfrastructure(Throwable failure) {
        return failure instanceof RecordingsUnavailableException
                || failure instanceof StoreUnavailableException
                || failure instanceof DeadLetters.UnavailableException;
    }

    private Uni<Void> handle(ConsumerRecord<String, byte[]> record) {
        RecordingEvent event;
        try {
            event = EventCodec.read(record.key(), name -> header(record, name), record.value());
        } catch (UnreadableEventException e) {
            return deadLetters.put(record, String.valueOf(e.getMessage()));
        }
        Uni<Optional<String>> refusal = switch (event) {
            case RecordingReady ready -> outcomes.ready(ready);
            case FetchFailed failed -> outcomes.failed(failed);
            case FetchRequested requested -> misplaced();
            case StateChanged changed -> misplaced();
        };
        return refusal.onFailure(failure -> !isInfrastructure(failure))
                .invoke(failure -> LOG.errorf(failure, "An outcome could not be processed and is put aside"))
                .onFailure(failure -> !isInfrastructure(failure))
                .recoverWithItem(failure ->
                        Optional.of("processing failed: " + failure.getClass().getSimpleName()))
                .chain(reason ->
                        reason.isEmpty() ? Uni.createFrom().voidItem() : deadLetters.put(record, reason.get()));
    }

    private static Uni<Optional<String>> misplaced() {
        return Uni.createFrom().item(Optional.of("this type does not belong on the topic of outcomes"));
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : EventCodec.text(header.value());
    }
}
