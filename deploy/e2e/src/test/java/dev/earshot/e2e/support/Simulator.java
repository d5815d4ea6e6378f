package dev.earshot.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** The Twilio simulator's control API. */
public final class Simulator {
    private Simulator() {}

    /** One simulated recording, and what Earshot should make of it. */
    public record Recorded(String tenant, String accountSid, String callSid, String recordingSid, JsonNode json) {
        /** Large media are hashed when they are asked for. */
        public String sha256() {
            return json.path("sha256").isTextual()
                    ? json.get("sha256").asText()
                    : Simulator.hashed(recordingSid).get("sha256").asText();
        }

        public long sizeBytes() {
            return json.get("sizeBytes").asLong();
        }

        public String contentType() {
            return json.get("contentType").asText();
        }
    }

    /** A recording of the tenant's own account, its webhook sent. */
    public static Recorded call(String tenant) {
        return record(tenant, options());
    }

    public static Recorded call(String tenant, String behaviour) {
        return record(tenant, options().put("behaviour", behaviour));
    }

    public static ObjectNode options() {
        return Http.JSON.createObjectNode().put("seconds", 8).put("webhook", true);
    }

    /** A recording of the tenant's own account, or of the shared one if it has none. */
    public static Recorded record(String tenant, ObjectNode options) {
        options.put("tenant", tenant);
        return recorded(tenant, Http.call("POST", url("recordings"), options));
    }

    /** A recording of whatever tenant, if the simulator has it. */
    public static Optional<Recorded> find(String recordingSid) {
        HttpResponse<String> answer = Http.send(HttpRequest.newBuilder(URI.create(url("recordings/" + recordingSid)))
                .build());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        JsonNode found = Http.read(answer);
        return Optional.of(recorded(found.path("tenant").asText(), found));
    }

    private static Recorded recorded(String tenant, JsonNode json) {
        return new Recorded(
                tenant,
                json.get("accountSid").asText(),
                json.get("callSid").asText(),
                json.get("recordingSid").asText(),
                json);
    }

    private static JsonNode hashed(String recordingSid) {
        return Http.call("GET", url("recordings/" + recordingSid + "?sha256=true"), MissingNode.getInstance());
    }

    /** How often media was asked for. */
    public static int downloads(Recorded recorded) {
        return state(recorded).get("mediaRequests").asInt();
    }

    public static JsonNode state(Recorded recorded) {
        return Http.call("GET", url("recordings/" + recorded.recordingSid()), MissingNode.getInstance());
    }

    public static void behave(Recorded recorded, String behaviour) {
        Http.call(
                "PUT",
                url("recordings/" + recorded.recordingSid()),
                Http.JSON.createObjectNode().put("behaviour", behaviour));
    }

    /** Sends the webhook again; the gateway's status. */
    public static int webhook(Recorded recorded, String query) {
        return Http.call(
                        "POST",
                        url("recordings/" + recorded.recordingSid() + "/webhook" + query),
                        MissingNode.getInstance())
                .get("webhookStatus")
                .asInt();
    }

    /** How a tenant's whole account behaves from now on; nothing given is normal. */
    public static void account(String accountSid, ObjectNode rule) {
        Http.call("PUT", url("accounts/" + accountSid), rule);
    }

    /** Whether Twilio sends webhooks at all. */
    public static void webhooks(boolean on) {
        Http.call("PUT", url("webhooks"), Http.JSON.createObjectNode().put("enabled", on));
    }

    /** Where Twilio sends webhooks, and by which address it signs them. */
    public static void sendWebhooksTo(String gatewayUrl) {
        Http.call("PUT", url("webhooks"), Http.JSON.createObjectNode().put("gatewayUrl", gatewayUrl));
    }

    private static String url(String path) {
        return Stack.running().at("/simulatorDirectUrl") + "/simulator/" + path;
    }
}
