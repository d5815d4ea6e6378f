package dev.earshot.e2e.support;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Somebody with a bearer token who talks to the gateway. */
public final class Listener {
    private final String token;

    private Listener(String token) {
        this.token = token;
    }

    /** Of the tenant, with the role to play. */
    public static Listener of(String tenant) {
        return with(Stack.running().token(tenant, "recordings:play"));
    }

    public static Listener with(String token) {
        return new Listener(token);
    }

    /** A request with the listener's token. */
    public RequestSpecification request() {
        return given().baseUri(Stack.running().gatewayUrl())
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .filter(Promises.GIVEN)
                .header("Authorization", "Bearer " + token);
    }

    public String token() {
        return token;
    }

    public Response stream(String sid) {
        return request().get("/api/recordings/{sid}/stream", sid);
    }

    /** Asks, and lets the gateway hold the answer. */
    public Response streamWaiting(String sid, int seconds) {
        return request().header("Prefer", "wait=" + seconds).get("/api/recordings/{sid}/stream", sid);
    }

    public Response info(String sid) {
        return request().get("/api/recordings/{sid}", sid);
    }

    public static String sha256(Response audio) {
        return sha256(audio.asInputStream());
    }

    /** Reads to the end; the bytes are not kept. */
    public static String sha256(InputStream audio) {
        try {
            MessageDigest digest = sha256();
            new DigestInputStream(audio, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
