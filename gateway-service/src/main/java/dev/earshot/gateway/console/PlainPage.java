package dev.earshot.gateway.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What people without a session see: a sentence and a link, and neither scripts nor anything of the request. */
enum PlainPage implements Reply {
    SIGNED_OUT(200, "Signed out", "You are signed out of Earshot.", "Sign in again"),
    FAILED(
            401,
            "Not signed in",
            "You could not be signed in. If it happens again, let this site set cookies, or ask your administrator.",
            "Try again"),
    PROVIDER_AWAY(503, "Try later", "The sign-in service does not answer at the moment.", "Try again");

    private static final String STYLE =
            "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem;"
                    + "color-scheme:light dark}a{color:LinkText}";
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final int status;
    private final String html;

    PlainPage(int status, String title, String sentence, String link) {
        this.status = status;
        this.html = """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%s · Earshot</title>
                <style>%s</style>
                <main><h1>%s</h1><p>%s</p><p><a href="/console/">%s</a></p></main>
                </html>
                """.formatted(title, style(), title, sentence, link);
    }

    /** A constant of an enum may not name its static fields while it is made, only a method that does. */
    private static String style() {
        return STYLE;
    }

    @Override
    public void send(RoutingContext routing) {
        var unused = routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", POLICY)
                .end(html);
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
