package dev.earshot.local.simulator;

import dev.earshot.local.simulator.SimulatedRecording.Facts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends recordingStatusCallback requests ("Recording status callbacks"), signed with the account's token. */
final class Webhooks {
    private static final String PATH = "/webhooks/twilio/recording-status";
    /** Twilio itself gives up after 15 s. */
    private static final int TIMEOUT_MILLIS = 15_000;

    private final HttpClient client;
    private final AccountBook accounts;
    private final Simulator.Addresses addresses;
    private volatile boolean enabled = true;
    private volatile String gatewayUrl;

    Webhooks(Vertx vertx, AccountBook accounts, Simulator.Addresses addresses) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(5_000).setMaxPoolSize(32));
        this.accounts = accounts;
        this.addresses = addresses;
        gatewayUrl = addresses.gatewayUrl();
    }

    /** Which callback: its status, and whether it is changed after it was signed. */
    record Callback(String status, boolean tamper) {}

    /** What came back: the gateway's status, or 0 and why there was none. */
    record Delivery(int status, String error) {}

    void enable(boolean on) {
        enabled = on;
    }

    void sendTo(String gateway) {
        gatewayUrl = gateway;
    }

    boolean isEnabled() {
        return enabled;
    }

    String target() {
        return gatewayUrl;
    }

    Future<Delivery> send(SimulatedRecording recording, Callback callback) {
        if (!enabled) {
            return Future.succeededFuture(new Delivery(0, "webhooks are off"));
        }
        recording.counters().webhooksSent.incrementAndGet();
        Facts facts = recording.facts();
        String url = url(facts);
        Map<String, String> parameters = parameters(facts, callback.status());
        String token =
                accounts.bySid(facts.accountSid()).orElseThrow().account().authToken();
        String signature = WebhookSignature.sign(token, url, parameters);
        if (callback.tamper()) {
            parameters.put("CallSid", "CA00000000000000000000000000000bad");
        }
        return post(url, signature, form(parameters))
                .recover(failure -> Future.succeededFuture(new Delivery(0, String.valueOf(failure.getMessage()))));
    }

    private Future<Delivery> post(String url, String signature, String form) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url)
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .putHeader("X-Twilio-Signature", signature)
                .putHeader(
                        "I-Twilio-Idempotency-Token",
                        java.util.UUID.randomUUID().toString())
                .putHeader("User-Agent", "TwilioProxy/1.1");
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(form)))
                .compose(response -> response.body().map(body -> new Delivery(response.statusCode(), "")));
    }

    private String url(Facts facts) {
        String url = facts.webhookUrl() == null ? gatewayUrl + PATH : facts.webhookUrl();
        if (facts.webhookUrl() != null || facts.tenant() == null) {
            return url;
        }
        return url + "?tenant=" + encode(facts.tenant());
    }

    private Map<String, String> parameters(Facts facts, String status) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("AccountSid", facts.accountSid());
        parameters.put("CallSid", facts.callSid());
        parameters.put("RecordingSid", facts.recordingSid());
        parameters.put("RecordingUrl", addresses.publicUrl() + RecordingJson.path(facts));
        parameters.put("RecordingStatus", status);
        if (status.equals("completed")) {
            parameters.put("RecordingDuration", String.valueOf(facts.durationSeconds()));
        }
        if (status.equals("absent")) {
            parameters.put("ErrorCode", "16102");
        }
        parameters.put("RecordingChannels", String.valueOf(facts.channels()));
        parameters.put("RecordingStartTime", RecordingJson.date(facts.startedAt()));
        parameters.put("RecordingSource", "RecordVerb");
        parameters.put("RecordingTrack", "both");
        return parameters;
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
