package dev.earshot.gateway.fetch;

import dev.earshot.events.EventCodec;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.RecordingAccessed;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.StateChanged;
import dev.earshot.events.UnreadableEventException;
import dev.earshot.gateway.recording.RecordingsUnavailableException;
import dev.earshot.gateway.store.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One record, to its effect. What the database, the store or the broker cannot do now is tried again here until it can;
 * what fails by a bug of ours a few times only; what can never be processed is put aside.
 */
@ApplicationScoped
class OutcomeHandler {
    private static final Logger LOG = Logger.getLogger(OutcomeHandler.class);

    private final Effects effects;
    private final Aside aside;
    private final OutcomesConfig config;

    @Inject
    OutcomeHandler(Outcomes outcomes, DeadLetters deadLetters, OutcomesConfig config) {
        this(effects(outcomes), deadLetters::put, config);
    }

    OutcomeHandler(Effects effects, Aside aside, OutcomesConfig config) {
        this.effects = effects;
        this.aside = aside;
        this.config = config;
    }

    /** What an event does: answers with why it is to be put aside, or nothing. */
    @FunctionalInterface
    interface Effects {
        Uni<Optional<String>> of(RecordingEvent event);
    }

    /** Where records go that can never be processed. */
    @FunctionalInterface
    interface Aside {
        Uni<Void> put(ConsumerRecord<String, byte[]> record, String reason);
    }

    private static Effects effects(Outcomes outcomes) {
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
        RecordingEvent event;
        try {
            event = EventCodec.read(record.key(), name -> header(record, name), record.value());
        } catch (UnreadableEventException e) {
            return putAside(record, String.valueOf(e.getMessage()));
        }
        return effect(event, record)
                .chain(reason -> reason.map(why -> putAside(record, why))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Optional<String>> effect(RecordingEvent event, ConsumerRecord<String, byte[]> record) {
        Uni<Optional<String>> steady = untilAvailable(() -> effects.of(event));
        return steady.onFailure()
                .invoke(failure -> LOG.warnf("An outcome failed by a fault of ours (%s): %s", where(record), failure))
                .onFailure()
                .retry()
                .withBackOff(config.retryInitial(), config.retryMax())
                .atMost(config.tries() - 1L)
                .onFailure()
                .recoverWithItem(failure -> giveUp(record, failure));
    }

    private Optional<String> giveUp(ConsumerRecord<String, byte[]> record, Throwable failure) {
        Throwable cause = rootOf(failure);
        LOG.errorf(cause, "An outcome could not be processed in %d tries (%s)", config.tries(), where(record));
        return Optional.of("processing failed: " + cause.getClass().getSimpleName());
    }

    /** A retry that has given up wraps the last failure. */
    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    private Uni<Void> putAside(ConsumerRecord<String, byte[]> record, String reason) {
        return untilAvailable(() -> aside.put(record, reason))
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        failure, "A record is lost that can never be processed: %s (%s)", reason, where(record)))
                .onFailure()
                .recoverWithNull();
    }

    private <T> Uni<T> untilAvailable(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .onFailure(OutcomeHandler::isInfrastructure)
                .invoke(failure ->
                        LOG.warnf("An outcome is tried again: %s: %s", failure.getMessage(), failure.getCause()))
                .onFailure(OutcomeHandler::isInfrastructure)
                .retry()
                .withBackOff(config.retryInitial(), config.retryMax())
                .indefinitely();
    }

    private static boolean isInfrastructure(Throwable failure) {
        return failure instanceof RecordingsUnavailableException
                || failure instanceof StoreUnavailableException
                || failure instanceof DeadLetters.UnavailableException;
    }

    private static Uni<Optional<String>> misplaced() {
        return Uni.createFrom().item(Optional.of("this type does not belong on the topic of outcomes"));
    }

    private static String where(ConsumerRecord<String, byte[]> record) {
        return "topic " + record.topic() + ", partition " + record.partition() + ", offset " + record.offset();
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : EventCodec.text(header.value());
    }
}
