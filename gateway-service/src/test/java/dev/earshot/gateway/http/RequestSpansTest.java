package dev.earshot.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.trace.Exported;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request's span tells, and what it must not. */
class RequestSpansTest {
    private static final String SID = "RE" + "0a".repeat(16);
    private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Exported exported = new Exported();
    private final Vertx vertx = Vertx.vertx();
    private final RequestSpans requests = new RequestSpans(
            exported.tracing(),
            List.of(
                    "/api/recordings/[^/]+/stream=/api/recordings/{sid}/stream",
                    "/console/assets/[^/]+=/console/assets/{file}",
                    "/api/recordings/events=/api/recordings/events"));
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(requests::trace);
        router.route("/api/recordings/:sid/stream")
                .handler(routing -> routing.response().end(routing.request().getHeader("traceparent")));
        router.route("/api/prefetch").handler(routing -> routing.fail(503));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aTicketInTheQueryIsNotInTheSpan() throws Exception {
        SpanData span = spanOf("/api/recordings/" + SID + "/stream?ticket=eyJhbGciOi.secret");

        assertThat(span.getName()).isEqualTo("GET /api/recordings/{sid}/stream");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(text(span, "http.route")).isEqualTo("/api/recordings/{sid}/stream");
        assertThat(text(span, "url.path")).isEqualTo("/api/recordings/" + SID + "/stream");
        assertThat(text(span, "http.request.method")).isEqualTo("GET");
        assertThat(text(span, "earshot.recording_sid")).isEqualTo(SID);
        assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(200);
        assertThat(span.toString()).doesNotContain("ticket").doesNotContain("secret");
    }

    /** Old clients ask by whatever they know a call by. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/recordings/+15551234567/stream",
                "/calls/15551234567",
                "/console/assets/15551234567",
                "/api/recordings/15551234567%2F/stream"
            })
    void aPathThatHoldsAnythingButASidIsNotInTheSpan(String path) throws Exception {
        assertThat(spanOf(path).toString()).doesNotContain("1555");
    }

    @Test
    void theCallerIsItsParentAndWhatFollowsIsItsChild() throws Exception {
        HttpResponse<String> answer = get("/api/recordings/" + SID + "/stream");

        SpanData span = exported.first();
        assertThat(span.getParentSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(answer.body()).isEqualTo("00-0af7651916cd43dd8448eb211c80319c-" + span.getSpanId() + "-01");
    }

    @Test
    void aServersErrorIsOne() throws Exception {
        SpanData span = spanOf("/api/prefetch");

        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(span, "error.type")).isEqualTo("503");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/recordings/events, /api/recordings/events",
        "/api/recordings, /api/recordings",
        "/api/admin/redrive, /api/admin/redrive",
        "/favicon.ico, ",
        "/api/recordings/1/2/3, "
    })
    void aRouteIsNamedByTheTableThatNamesItInMetrics(String path, String route) throws Exception {
        assertThat(text(spanOf(path), "http.route")).isEqualTo(route);
    }

    private SpanData spanOf(String pathAndQuery) throws Exception {
        get(pathAndQuery);
        return exported.first();
    }

    private HttpResponse<String> get(String pathAndQuery) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + pathAndQuery))
                            .header("traceparent", CALLER)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String text(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }
}
