package dev.earshot.fetcher.request;

import dev.earshot.events.Lane;
import dev.earshot.fetcher.health.Lifecycle;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Subscribes to the lanes at start and lets go of them at shutdown. */
@Singleton
class RequestConsumers {
    private static final Logger LOG = Logger.getLogger(RequestConsumers.class);
    private static final String INTERACTIVE = "fetch-requests";
    private static final String BULK = "prefetch-requests";
    private static final Duration PAUSE_WAIT = Duration.ofSeconds(2);

    private final Multi<Message<byte[]>> interactive;
    private final Multi<Message<byte[]>> bulk;
    private final RequestHandler handler;
    private final RequestConfig config;
    private final KafkaClientService kafka;
    private final Lifecycle lifecycle;
    private final InHand inHand;

    @Inject
    RequestConsumers(
            @Channel(INTERACTIVE) Multi<Message<byte[]>> interactive,
            @Channel(BULK) Multi<Message<byte[]>> bulk,
            RequestHandler handler,
            RequestConfig config,
            KafkaClientService kafka,
            Lifecycle lifecycle,
            InHand inHand) {
        this.interactive = interactive;
        this.bulk = bulk;
        this.handler = handler;
        this.config = config;
        this.kafka = kafka;
        this.lifecycle = lifecycle;
        this.inHand = inHand;
    }

    void start(@Observes StartupEvent event) {
        config.lanes().forEach(this::subscribe);
        lifecycle.running();
        LOG.infof("Serving lanes %s", config.lanes());
    }

    /** A channel that nobody subscribes to never polls, so a lane that is not served takes no part in its group. */
    private void subscribe(Lane lane) {
        Multi<Message<byte[]>> requests = switch (lane) {
            case INTERACTIVE -> interactive;
            case BULK -> bulk;
        };
        var ignored = requests.onItem()
                .transformToUni(handler::handle)
                .merge(config.requestsInHand())
                .subscribe()
                .with(done -> {}, failure -> died(lane, failure));
    }

    /** Without its consumer this process is of no use, and only a new one gets a new consumer. */
    private void died(Lane lane, Throwable failure) {
        LOG.errorf(failure, "The consumer of lane %s has died; the process ends", lane);
        Quarkus.asyncExit(1);
    }

    /**
     * Takes nothing more and lets what runs end, for a bounded time. What is not done by then stays uncommitted and is
     * done by another process.
     *
     * <p>It blocks, for the thread that tells of the shutdown lets Kafka go as soon as its observers have returned.
     */
    void drain(@Observes ShutdownEvent event) {
        lifecycle.draining();
        CompletableFuture<Void> empty = inHand.whenEmpty();
        config.lanes().forEach(this::pause);
        try {
            empty.get(config.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("Fetches were still running after %s; their requests stay uncommitted", config.drain());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(Lane lane) {
        try {
            var ignored = kafka.getConsumer(lane == Lane.INTERACTIVE ? INTERACTIVE : BULK)
                    .pause()
                    .await()
                    .atMost(PAUSE_WAIT);
        } catch (RuntimeException e) {
            LOG.debugf(e, "Lane %s could not be paused", lane);
        }
    }
}
