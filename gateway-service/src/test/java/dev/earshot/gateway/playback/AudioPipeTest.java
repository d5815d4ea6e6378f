package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.gateway.playback.AudioPipe.Ending;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.Router;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pump on real connections, with a store that misbehaves at will. */
class AudioPipeTest {
    private static final int PROMISED = 4096;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final AtomicBoolean aborted = new AtomicBoolean();
    private HttpServer server;
    private FakeStore store = new FakeStore();
    private long promised = PROMISED;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        router.get("/").handler(routing -> {
            routing.response().putHeader("Content-Length", String.valueOf(promised));
            new AudioPipe(
                            routing,
                            new AudioStore.Opened.Stream(store, () -> aborted.set(true)),
                            promised,
                            new ShortPatience(),
                            new PlaybackMetrics(new SimpleMeterRegistry()))
                    .run()
                    .subscribe()
                    .with(ending::complete, ending::completeExceptionally);
        });
        server = get(vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void everythingArrives(HttpVersion version) throws Exception {
        store.script = store -> {
            store.give(1000);
            store.give(PROMISED - 1000);
            store.end();
        };

        assertThat(get(request(version).compose(HttpClientResponse::body)).length())
                .isEqualTo(PROMISED);
        assertThat(ending.get(5, TimeUnit.SECONDS)).isEqualTo(Ending.COMPLETE);
        assertThat(aborted).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void aShortStoreIsAResetAndNeverACleanEnd(HttpVersion version) {
        store.script = store -> {
            store.give(1000);
            store.end();
        };

        assertThatThrownBy(() -> get(request(version).compose(HttpClientResponse::body)))
                .isInstanceOf(ExecutionException.class);
        assertThat(ending.join()).isEqualTo(Ending.STORE_FAILED);
        assertThat(aborted).isTrue();
    }

    @Test
    void aStoreThatSendsTooMuchIsCutOff() {
        store.script = store -> {
            store.give(PROMISED - 1);
            store.give(2);
        };

        assertThatThrownBy(() -> get(request(HttpVersion.HTTP_1_1).compose(HttpClientResponse::body)))
                .isInstanceOf(ExecutionException.class);
        assertThat(ending.join()).isEqualTo(Ending.STORE_FAILED);
    }

    @Test
    void aStoreThatBreaksIsAReset() {
        store.script = store -> {
            store.give(10);
            store.fail();
        };

        assertThatThrownBy(() -> get(request(HttpVersion.HTTP_1_1).compose(HttpClientResponse::body)))
                .isInstanceOf(ExecutionException.class);
        assertThat(ending.join()).isEqualTo(Ending.STORE_FAILED);
    }

    /** An orderly close is an end of file; what a listener of HTTP/1.1 is to see is a TCP reset. */
    @Test
    void aListenerOfHttp11SeesTheConnectionReset() throws Exception {
        store.script = store -> {
            store.give(10);
            store.fail();
        };

        try (Socket listener = new Socket("127.0.0.1", server.actualPort())) {
            listener.setSoTimeout(10_000);
            listener.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> listener.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aStoreThatFallsSilentIsAReset() {
        store.script = store -> store.give(10);

        assertThatThrownBy(() -> get(request(HttpVersion.HTTP_1_1).compose(HttpClientResponse::body)))
                .isInstanceOf(ExecutionException.class);
        assertThat(ending.join()).isEqualTo(Ending.STORE_STALLED);
        assertThat(aborted).isTrue();
    }

    @Test
    void aListenerThatTakesNothingIsCutOffAndTheStoreIsNotReadOn() throws Exception {
        promised = 1L << 30;
        store.script = FakeStore::flood;

        NetSocket silent = get(vertx.createNetClient().connect(server.actualPort(), "127.0.0.1"));
        silent.pause();
        silent.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(ending.get(20, TimeUnit.SECONDS)).isEqualTo(Ending.LISTENER_STALLED);
        assertThat(aborted).isTrue();
        assertThat(store.given).isLessThan(64L << 20);
    }

    /** Otherwise its connection would stay until it takes what waits for it: that is, for ever. */
    @Test
    void aListenerThatTakesNothingHasItsConnectionReset() throws Exception {
        promised = 1L << 30;
        store.script = FakeStore::flood;

        try (Socket silent = new Socket("127.0.0.1", server.actualPort())) {
            silent.setSoTimeout(10_000);
            silent.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            ending.get(20, TimeUnit.SECONDS);

            assertThatThrownBy(() -> silent.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aListenerThatLeavesStopsTheStoreAtOnce() throws Exception {
        promised = 1L << 30;
        store.script = FakeStore::flood;

        NetSocket leaving = get(vertx.createNetClient().connect(server.actualPort(), "127.0.0.1"));
        leaving.handler(ignored -> leaving.close());
        leaving.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(ending.get(5, TimeUnit.SECONDS)).isEqualTo(Ending.LISTENER_GONE);
        assertThat(aborted).isTrue();
    }

    private io.vertx.core.Future<HttpClientResponse> request(HttpVersion version) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(version));
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send());
    }

    private static <T> T get(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A store that does what its script says once it is resumed, and floods only while it is not paused. */
    private static final class FakeStore implements ReadStream<Buffer> {
        private Handler<FakeStore> script = store -> {};
        private @Nullable Handler<Buffer> handler;
        private @Nullable Handler<Void> endHandler;
        private @Nullable Handler<Throwable> exceptionHandler;
        private boolean started;
        private boolean paused;
        private boolean flooding;
        private volatile long given;

        void give(int bytes) {
            given += bytes;
            if (handler != null) {
                handler.handle(Buffer.buffer(new byte[bytes]));
            }
        }

        void flood() {
            flooding = true;
            while (!paused && given < 1L << 28) {
                give(16 * 1024);
            }
        }

        void end() {
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }

        void fail() {
            if (exceptionHandler != null) {
                exceptionHandler.handle(new java.io.IOException("reset"));
            }
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            exceptionHandler = handler;
            return this;
        }

        @Override
        public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
            this.handler = handler;
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            paused = true;
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            paused = false;
            if (!started) {
                started = true;
                script.handle(this);
            } else if (flooding) {
                flood();
            }
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            return resume();
        }

        @Override
        public ReadStream<Buffer> endHandler(@Nullable Handler<Void> endHandler) {
            this.endHandler = endHandler;
            return this;
        }
    }

    private static final class ShortPatience implements PlaybackConfig {
        @Override
        public int maxRanges() {
            return 16;
        }

        @Override
        public int maxStreams() {
            return 1;
        }

        @Override
        public Duration writeStall() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration readStall() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration maxWait() {
            return Duration.ZERO;
        }

        @Override
        public Duration retryAfter() {
            return Duration.ZERO;
        }

        @Override
        public Set<String> contentTypes() {
            return Set.of();
        }
    }
}
