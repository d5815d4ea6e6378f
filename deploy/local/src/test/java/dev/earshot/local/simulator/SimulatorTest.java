package dev.earshot.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.security.RequestValidator;
import dev.earshot.local.simulator.audio.AudioFormat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator as the fetcher, the gateway and the tests meet it: over HTTP. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorTest {
    private static final String ACME = "AC000000000000000000000000000acc3e";
    private static final String GLOBEX = "AC00000000000000000000000000910be8";
    private static final String TOKEN = "token";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Callback> callbacks = new LinkedBlockingQueue<>();
    private String base = "";
    private String gateway = "";

    /** A webhook as the gateway would see it. */
    private record Callback(String url, String signature, Map<String, String> parameters) {}

    @BeforeAll
    void start() throws Exception {
        HttpServer receiver = get(vertx.createHttpServer()
                .requestHandler(request -> {
                    request.setExpectMultipart(true);
                    request.endHandler(ended -> {
                        Map<String, String> parameters = new HashMap<>();
                        request.formAttributes().forEach(parameters::put);
                        callbacks.add(new Callback(
                                gateway + request.uri(), request.getHeader("X-Twilio-Signature"), parameters));
                        request.response().setStatusCode(204).end().onComplete(sent -> {});
                    });
                })
                .listen(0, "127.0.0.1"));
        gateway = "http://127.0.0.1:" + receiver.actualPort();
        List<Account> accounts = List.of(account(ACME, "acme"), account(GLOBEX, "globex"));
        Simulator.Addresses addresses = new Simulator.Addresses("http://127.0.0.1:1", "http://localhost:1", gateway);
        base = "http://127.0.0.1:"
                + get(Simulator.start(vertx, 0, accounts, addresses)).port();
    }

    @AfterAll
    void stop() throws Exception {
        get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({
        "normal, 200",
        "chunked, 200",
        "slow-first-byte, 200",
        "slow-body, 200",
        "not-ready, 404",
        "not-found, 404",
        "deleted, 404",
        "absent, 404",
        "encrypted, 400",
        "unauthorized, 401",
        "rate-limited, 429",
        "rate-limited-retry-after, 429",
        "server-error, 500",
        "html, 200",
        "xml-error, 200",
        "zero-bytes, 200",
        "redirect, 302",
        "redirect-foreign, 302"
    })
    void eachBehaviourAnswersWithItsStatus(String behaviour, int status) throws Exception {
        JsonObject recording =
                record(new JsonObject().put("behaviour", behaviour).put("behaviourSeconds", 1));

        assertThat(media(recording).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"mp3, 1", "mp3, 2", "wav, 1", "wav, 2"})
    void theBytesAreThoseOfTheReportedHash(String format, int channels) throws Exception {
        JsonObject recording = record(new JsonObject().put("format", format).put("channels", channels));

        HttpResponse<byte[]> answer = call(path(recording) + "." + format, ACME);

        assertThat(sha256(answer.body())).isEqualTo(recording.getString("sha256"));
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(recording.getLong("sizeBytes"));
    }

    @ParameterizedTest
    @CsvSource({"truncated", "reset"})
    void aBrokenBodyIsAnErrorAndNotAShortRecording(String behaviour) throws Exception {
        JsonObject recording = record(new JsonObject().put("behaviour", behaviour));

        // Not by the JDK's newer client: it waits 30 s before it tells of a reset.
        URLConnection connection = URI.create(base + path(recording)).toURL().openConnection();
        connection.setRequestProperty("Authorization", basic(ACME));
        assertThatThrownBy(() -> connection.getInputStream().readAllBytes()).isInstanceOf(IOException.class);

        JsonObject seen = show(recording);
        assertThat(seen.getInteger("mediaRequests")).isEqualTo(1);
        assertThat(seen.getInteger("mediaCompleted")).isZero();
    }

    @Test
    void misbehavesOnlyTheFirstTimesThatWereAskedFor() throws Exception {
        JsonObject recording =
                record(new JsonObject().put("behaviour", "server-error").put("behaviourTimes", 2));

        assertThat(media(recording).statusCode()).isEqualTo(500);
        assertThat(media(recording).statusCode()).isEqualTo(500);
        assertThat(media(recording).statusCode()).isEqualTo(200);
        assertThat(show(recording).getInteger("mediaRequests")).isEqualTo(3);
    }

    @Test
    void anotherAccountsRecordingLooksAsIfItDidNotExist() throws Exception {
        JsonObject recording = record(new JsonObject());

        HttpResponse<byte[]> foreign = call(path(recording), GLOBEX);
        HttpResponse<byte[]> unknown = call("/2010-04-01/Accounts/" + ACME + "/Recordings/RE" + "0".repeat(32), ACME);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());
        assertThat(new String(foreign.body(), StandardCharsets.UTF_8)).contains("<Code>20404</Code>");
    }

    @Test
    void errorsAreJsonWhereJsonWasAskedFor() throws Exception {
        HttpResponse<byte[]> answer =
                call("/2010-04-01/Accounts/" + ACME + "/Recordings/RE" + "0".repeat(32) + ".json", ACME);

        assertThat(new JsonObject(Buffer.buffer(answer.body())).getInteger("code"))
                .isEqualTo(20404);
    }

    @Test
    void aProcessingRecordingBecomesCompletedAndThenItsWebhookComes() throws Exception {
        callbacks.clear();
        JsonObject recording =
                record(new JsonObject().put("processingSeconds", 1).put("webhook", true));
        assertThat(metadata(recording).getString("status")).isEqualTo("processing");
        assertThat(media(recording).statusCode()).isEqualTo(404);

        Callback callback = callbacks.poll(10, TimeUnit.SECONDS);

        assertThat(callback).isNotNull();
        assertThat(callback.parameters()).containsEntry("RecordingStatus", "completed");
        assertThat(metadata(recording).getString("status")).isEqualTo("completed");
        assertThat(metadata(recording).getString("duration")).isEqualTo("10");
        assertThat(media(recording).statusCode()).isEqualTo(200);
    }

    @Test
    void webhooksAreSignedAsTwilioSignsThemAndATamperedOneIsNot() throws Exception {
        callbacks.clear();
        JsonObject recording = record(new JsonObject().put("webhook", true));
        Callback good = callbacks.take();
        post("/simulator/recordings/" + recording.getString("recordingSid") + "/webhook?tamper=true", new JsonObject());
        Callback bad = callbacks.take();

        assertThat(good.url()).isEqualTo(gateway + "/webhooks/twilio/recording-status?tenant=acme");
        assertThat(recording.getInteger("webhookStatus")).isEqualTo(204);
        RequestValidator validator = new RequestValidator(TOKEN);
        assertThat(validator.validate(good.url(), good.parameters(), good.signature()))
                .isTrue();
        assertThat(validator.validate(bad.url(), bad.parameters(), bad.signature()))
                .isFalse();
    }

    @Test
    void aDeletedRecordingIsShownOnlyToThoseWhoAskForDeletedOnes() throws Exception {
        JsonObject recording = record(new JsonObject());
        HttpRequest delete = request(path(recording) + ".json", ACME).DELETE().build();
        assertThat(client.send(delete, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);

        assertThat(media(recording).statusCode()).isEqualTo(404);
        assertThat(call(path(recording) + ".json", ACME).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> asked = call(path(recording) + ".json?IncludeSoftDeleted=true", ACME);
        assertThat(new JsonObject(Buffer.buffer(asked.body())).getString("status"))
                .isEqualTo("deleted");
    }

    @Test
    void anAccountOverItsConcurrencyIsToldSo() throws Exception {
        JsonObject recording = record(new JsonObject());
        put("/simulator/accounts/" + ACME, new JsonObject().put("concurrency", 0));
        HttpResponse<byte[]> refused = media(recording);
        put("/simulator/accounts/" + ACME, new JsonObject());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Twilio-Concurrent-Requests")).hasValue("1");
        assertThat(media(recording).statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatLeavesFreesItsPlace() throws Exception {
        JsonObject recording = record(new JsonObject().put("behaviour", "stalled-body"));
        URI address = URI.create(base);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request = "GET " + path(recording) + " HTTP/1.1\r\nHost: " + address.getAuthority()
                    + "\r\nAuthorization: " + basic(ACME) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        while (show(recording).getInteger("mediaAborted") == 0) {
            Thread.onSpinWait();
        }
        assertThat(put("/simulator/accounts/" + ACME, new JsonObject()).getInteger("inFlight"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"behaviour, no-such", "format, ogg", "recordingSid, RE1", "startedAt, yesterday", "colour, red"})
    void aBadValueIsRefusedByItsName(String field, String value) throws Exception {
        HttpResponse<String> answer = send("POST", "/simulator/recordings", body().put(field, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("error");
    }

    private static Account account(String sid, String tenant) {
        return new Account(sid, TOKEN, sid, TOKEN, Optional.of(tenant), AudioFormat.MP3, Optional.empty());
    }

    private static JsonObject body() {
        return new JsonObject().put("accountSid", ACME).put("seconds", 10).put("webhook", false);
    }

    private JsonObject record(JsonObject wanted) throws Exception {
        return post("/simulator/recordings", body().mergeIn(wanted));
    }

    private JsonObject show(JsonObject recording) throws Exception {
        return new JsonObject(send("GET", "/simulator/recordings/" + recording.getString("recordingSid"), body())
                .body());
    }

    private JsonObject metadata(JsonObject recording) throws Exception {
        return new JsonObject(
                Buffer.buffer(call(path(recording) + ".json", ACME).body()));
    }

    private JsonObject post(String path, JsonObject body) throws Exception {
        return new JsonObject(send("POST", path, body).body());
    }

    private JsonObject put(String path, JsonObject body) throws Exception {
        return new JsonObject(send("PUT", path, body).body());
    }

    private HttpResponse<String> send(String method, String path, JsonObject body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> media(JsonObject recording) throws Exception {
        return call(path(recording) + ".mp3", ACME);
    }

    private HttpResponse<byte[]> call(String path, String account) throws Exception {
        return client.send(request(path, account).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path, String account) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", basic(account));
    }

    private static String basic(String account) {
        byte[] credentials = (account + ":" + TOKEN).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    private static String path(JsonObject recording) {
        return "/2010-04-01/Accounts/" + ACME + "/Recordings/" + recording.getString("recordingSid");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
