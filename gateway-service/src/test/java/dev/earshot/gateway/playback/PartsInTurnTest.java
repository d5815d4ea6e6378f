package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.playback.AudioStore.Opened;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pump sees of a multipart answer, and what the store is asked for meanwhile. */
class PartsInTurnTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AudioBody body =
            AudioBody.several(List.of(new ByteRange(5, 9), new ByteRange(0, 2)), "b0", "audio/mpeg", 10);
    private final Part first = new Part();
    private final Part second = new Part();
    private final List<ByteRange> asked = new ArrayList<>();
    private final StringBuilder seen = new StringBuilder();
    private @Nullable UniEmitter<? super Opened> opening;
    private final PartsInTurn parts = new PartsInTurn(context, body, first.opened(), range -> {
        asked.add(range);
        return Uni.createFrom().emitter(emitter -> opening = emitter);
    });

    PartsInTurnTest() {
        parts.handler(bytes -> seen.append(bytes.toString(StandardCharsets.US_ASCII)));
        parts.endHandler(ignored -> seen.append("END"));
        parts.exceptionHandler(failure -> seen.append("FAILED"));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void partsComeInTurnAndToTheByte() {
        run(parts::resume);
        run(() -> first.give("fghij").end());
        run(() -> answer(second.opened()));
        run(() -> second.give("a").give("bc").end());

        assertThat(seen.toString())
                .isEqualTo(body.parts().get(0).head() + "fghij"
                        + body.parts().get(1).head() + "abc" + body.end() + "END");
        assertThat(asked).containsExactly(new ByteRange(0, 2));
        assertThat(seen.length() - "END".length()).isEqualTo((int) body.length());
    }

    @Test
    void theStoreIsNotAskedForMoreThanTheListenerTakes() {
        run(parts::resume);
        run(() -> first.give("fghij"));
        run(parts::pause);
        assertThat(first.paused).isTrue();
        run(first::end);

        assertThat(asked).isEmpty();

        run(parts::resume);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aPartThatOpensWhileTheListenerIsBusyWaits() {
        run(parts::resume);
        run(() -> first.give("fghij").end());
        run(parts::pause);
        run(() -> answer(second.opened()));
        assertThat(second.paused).isTrue();
        assertThat(seen.toString()).endsWith("fghij");

        run(parts::resume);
        assertThat(second.paused).isFalse();
    }

    @Test
    void aShortPartIsAFailureThoughAnotherMightMakeUpForIt() {
        run(parts::resume);
        run(() -> first.give("fghi").end());

        assertThat(seen.toString()).endsWith("fghiFAILED");
        assertThat(asked).isEmpty();
    }

    @Test
    void aLongPartIsAFailure() {
        run(parts::resume);
        run(() -> first.give("fghijk"));

        assertThat(seen.toString()).endsWith("\r\n\r\nFAILED");
    }

    @Test
    void anotherVersionIsAFailureAndNoByteOfIt() {
        run(parts::resume);
        run(() -> first.give("fghij").end());
        run(() -> answer(new Opened.Unavailable("another object lies under the key", true)));

        assertThat(seen.toString()).endsWith("fghijFAILED");
    }

    @Test
    void aDeletedObjectIsAFailure() {
        run(parts::resume);
        run(() -> first.give("fghij").end());
        run(() -> answer(new Opened.Vanished()));

        assertThat(seen.toString()).endsWith("fghijFAILED");
    }

    @Test
    void whoLeavesGivesUpThePartThatIsOpen() {
        run(parts::resume);
        run(parts::abort);

        assertThat(first.aborted).isTrue();
        run(() -> first.give("fghij").end());
        assertThat(asked).isEmpty();
    }

    @Test
    void whoLeavesBeforeTheFirstByteGivesUpTheStore() {
        run(parts::abort);

        assertThat(first.aborted).isTrue();
    }

    @Test
    void whoLeavesWhileAPartIsOpenedTakesNoneOfIt() {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        run(parts::resume);
        run(() -> first.give("fghij").end());
        run(() -> {
            if (opening != null) {
                opening.onTermination(() -> cancelled.complete(null));
            }
            parts.abort();
        });

        assertThat(cancelled).succeedsWithin(java.time.Duration.ofSeconds(5));
    }

    private void answer(Opened opened) {
        assertThat(opening).isNotNull();
        if (opening != null) {
            opening.complete(opened);
        }
    }

    /** On the context, and what that has put there. */
    private void run(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            work.run();
            context.runOnContext(after -> done.complete(null));
        });
        try {
            done.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A part that the store sends when it is told to. */
    private static final class Part implements ReadStream<Buffer> {
        private @Nullable Handler<Buffer> handler;
        private @Nullable Handler<Void> endHandler;
        private boolean paused = true;
        private boolean aborted;

        Opened.Stream opened() {
            return new Opened.Stream(this, () -> aborted = true);
        }

        Part give(String bytes) {
            if (handler != null) {
                handler.handle(Buffer.buffer(bytes));
            }
            return this;
        }

        void end() {
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }

        @Override
        public Part exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Part handler(@Nullable Handler<Buffer> handler) {
            this.handler = handler;
            return this;
        }

        @Override
        public Part endHandler(@Nullable Handler<Void> handler) {
            this.endHandler = handler;
            return this;
        }

        @Override
        public Part pause() {
            paused = true;
            return this;
        }

        @Override
        public Part resume() {
            paused = false;
            return this;
        }

        @Override
        public Part fetch(long amount) {
            return resume();
        }
    }
}
