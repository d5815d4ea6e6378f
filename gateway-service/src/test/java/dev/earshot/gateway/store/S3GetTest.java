package dev.earshot.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a raw socket that answers only when it is told to. */
class S3GetTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final Context context = vertx.getOrCreateContext();
    private final S3Get get = new S3Get(vertx, context);
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private String answer = "";
    private NetServer server = vertx.createNetServer();

    @BeforeEach
    void start() throws Exception {
        server = vertx.createNetServer()
                .connectHandler(socket -> socket.closeHandler(ignored -> closed.complete(null))
                        .handler(request -> {
                            asked.complete(null);
                            socket.write(answer);
                        }))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoeverLeavesBeforeTheHeadOfTheAnswerLeavesNoConnection() throws Exception {
        CompletableFuture<HttpClientResponse> sent = send();
        asked.get(10, TimeUnit.SECONDS);

        get.abandon();

        assertThat(closed).succeedsWithin(LONG);
        assertThat(sent).failsWithin(LONG);
    }

    @Test
    void whoeverLeavesBeforeThereIsAConnectionSendsNothing() {
        get.abandon();

        CompletableFuture<HttpClientResponse> sent = send();

        assertThat(sent).failsWithin(LONG);
        assertThat(asked).isNotDone();
    }

    @Test
    void whoeverLeavesJustAsTheHeadHasComeLeavesNoConnection() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nfirst bytes";
        assertThat(send()).succeedsWithin(LONG);

        get.abandon();

        assertThat(closed).succeedsWithin(LONG);
    }

    private CompletableFuture<HttpClientResponse> send() {
        CompletableFuture<HttpClientResponse> sent = new CompletableFuture<>();
        RequestOptions options = new RequestOptions().setHost("localhost").setPort(server.actualPort());
        context.runOnContext(ignored ->
                get.send(client, options, LONG).onSuccess(sent::complete).onFailure(sent::completeExceptionally));
        return sent;
    }
}
