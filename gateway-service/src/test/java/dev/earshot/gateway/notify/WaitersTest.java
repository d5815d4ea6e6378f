package dev.earshot.gateway.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.notify.Waiters.Settled;
import dev.earshot.gateway.trace.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of waiters while the database cannot be read. */
class WaitersTest {
    private static final RecordingKey KEY = RecordingKey.parse("acme:RE" + "0a".repeat(16));
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int LOOKS = 50;

    private final Vertx vertx = Vertx.vertx();
    private final Waiters waiters = new Waiters(vertx, new Config(), new SimpleMeterRegistry(), Spans.none());
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean away = true;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aReadThatFailedIsRepeatedAndTheChangeIsHeard() throws Exception {
        CompletableFuture<Optional<String>> heard =
                waiters.settled(KEY, LONG, this::read).subscribeAsCompletionStage();
        assertThat(reads).hasValue(1);

        away = false;

        assertThat(heard.get(10, TimeUnit.SECONDS)).contains("ready");
    }

    @Test
    void howeverManyReadsHaveFailedOneIsRepeatedForAll() throws Exception {
        var unused = waiters.settled(KEY, LONG, this::read).subscribeAsCompletionStage();
        for (int i = 0; i < LOOKS; i++) {
            waiters.changedPerhaps();
        }

        CompletableFuture<Void> someRetriesLater = new CompletableFuture<>();
        vertx.setTimer(2500, ignored -> someRetriesLater.complete(null));
        someRetriesLater.get(30, TimeUnit.SECONDS);

        assertThat(reads.get() - 1 - LOOKS).isBetween(1, LOOKS / 2);
    }

    private Uni<List<Settled<String>>> read(Collection<RecordingKey> keys) {
        reads.incrementAndGet();
        return away
                ? Uni.createFrom().failure(new IllegalStateException("the database is away"))
                : Uni.createFrom()
                        .item(keys.stream()
                                .map(key -> new Settled<>(key, "ready", Optional.empty()))
                                .toList());
    }

    private static final class Config implements WaitersConfig {
        @Override
        public int maxWaiters() {
            return 10;
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration deadAfter() {
            return Duration.ofSeconds(5);
        }
    }
}
