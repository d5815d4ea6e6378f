package dev.earshot.local.simulator;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * Errors of the 2010 API ("Twilio's response: RestException"): XML by default, JSON where the path ends in {@code .json}.
 */
enum TwilioErrors {
    AUTHENTICATE(401, 20003, "Authentication Error - invalid username"),
    NOT_FOUND(404, 20404, "The requested resource was not found"),
    METHOD_NOT_ALLOWED(405, 20004, "Method not allowed"),
    TOO_MANY_REQUESTS(429, 20429, "Too Many Requests"),
    INTERNAL(500, 20500, "Internal Server Error"),
    ENCRYPTED_AS_MP3(400, 16109, "Encrypted recordings can only be fetched as .wav"),
    MONO_RECORDING(400, 16113, "Dual-channel media was requested of a mono recording"),
    BAD_PARAMETER(400, 20001, "A parameter has an invalid value");

    private final int status;
    private final int code;
    private final String message;

    TwilioErrors(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    void send(RoutingContext context) {
        HttpServerResponse response = context.response().setStatusCode(status);
        if (this == AUTHENTICATE) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"Twilio API\"");
        }
        boolean json = context.request().path().endsWith(".json");
        response.putHeader("Content-Type", json ? "application/json" : "application/xml");
        Answers.end(response, json ? json().encode() : xml());
    }

    String xml() {
        return "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException><Code>" + code
                + "</Code><Message>"
                + message + "</Message><MoreInfo>" + moreInfo() + "</MoreInfo><Status>" + status
                + "</Status></RestException></TwilioResponse>";
    }

    private JsonObject json() {
        return new JsonObject()
                .put("code", code)
                .put("message", message)
                .put("more_info", moreInfo())
                .put("status", status);
    }

    private String moreInfo() {
        return "https://www.twilio.com/docs/errors/" + code;
    }
}
