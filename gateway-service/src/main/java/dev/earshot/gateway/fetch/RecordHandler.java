package dev.earshot.gateway.fetch;

import dev.earshot.events.EarshotEvent;
import dev.earshot.events.EventCodec;
import dev.earshot.events.UnreadableEventException;
import dev.earshot.gateway.recording.RecordingsUnavailableException;
import dev.earshot.gateway.store.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One record, to its effect. What the database, the store or the broker cannot do now is tried again here until it can;
 * what fails by a bug of ours a few times only; what can never be processed is put aside.
 *
 * @param <E> what belongs on the topic
 */
public final class RecordHandler<E extends EarshotEvent> {
    private static final Logger LOG = Logger.getLogger(RecordHandler.class);

    private final Class<E> wanted;
    private final Effects<E> effects;
    private final Aside aside;
    private final OutcomesConfig config;

    public RecordHandler(Class<E> wanted, Effects<E> effects, Aside aside, OutcomesConfig config) {
        this.wanted = wanted;
        this.effects = effects;
        this.aside = aside;
        this.config = config;
    }

    /** What an event does: answers with why it is to be put aside, or nothing. */
    @FunctionalInterface
    public interface Effects<E> {
        Uni<Optional<String>> of(E event);
    }

    /** Where records go that can never be processed. */
    @FunctionalInterface
    public interface Aside {
        Uni<Void> put(ConsumerRecord<String, byte[]> record, String reason);
    }

    /** @return completes when the record may be forgotten, however long that takes; never fails */
    public Uni<Void> handle(ConsumerRecord<String, byte[]> record) {
        E event;
        try {
            event = EventCodec.read(wanted, record.key(), name -> header(record, name), record.value());
        } catch (UnreadableEventException e) {
            return putAside(record, String.valueOf(e.getMessage()));
        }
        return effect(event, record)
                .chain(reason -> reason.map(why -> putAside(record, why))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Optional<String>> effect(E event, ConsumerRecord<String, byte[]> record) {
        Uni<Optional<String>> steady = untilAvailable(() -> effects.of(event));
        return steady.onFailure()
                .invoke(failure -> LOG.warnf("A record failed by a fault of ours (%s): %s", where(record), failure))
                .onFailure()
                .retry()
                .withBackOff(config.retryInitial(), config.retryMax())
                .atMost(config.tries() - 1L)
                .onFailure()
                .recoverWithItem(failure -> giveUp(record, failure));
    }

    private Optional<String> giveUp(ConsumerRecord<String, byte[]> record, Throwable failure) {
        Throwable cause = rootOf(failure);
        LOG.errorf(cause, "A record could not be processed in %d tries (%s)", config.tries(), where(record));
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
                .onFailure(RecordHandler::isInfrastructure)
                .invoke(failure ->
                        LOG.warnf("A record is tried again: %s: %s", failure.getMessage(), failure.getCause()))
                .onFailure(RecordHandler::isInfrastructure)
                .retry()
                .withBackOff(config.retryInitial(), config.retryMax())
                .indefinitely();
    }

    private static boolean isInfrastructure(Throwable failure) {
        return failure instanceof RecordingsUnavailableException
                || failure instanceof StoreUnavailableException
                || failure instanceof DeadLetters.UnavailableException;
    }

    private static String where(ConsumerRecord<String, byte[]> record) {
        return "topic " + record.topic() + ", partition " + record.partition() + ", offset " + record.offset();
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : EventCodec.text(header.value());
    }
}
