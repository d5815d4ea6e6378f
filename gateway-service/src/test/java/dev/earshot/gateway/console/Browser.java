package dev.earshot.gateway.console;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.LocalStack;
import io.quarkus.oidc.runtime.OidcUtils;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.algorithm.KeyEncryptionAlgorithm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;

/**
 * What a browser does to sign in, step by step: it keeps cookies, and its user follows each redirect by hand. The gateway believes that
 * it is at its public URL, where no test can reach it, so such a redirect is asked for at the port that it has.
 */
final class Browser {
    static final String PUBLIC = "https://earshot.example";
    static final String SESSION = "q_session_console";

    private static final SecretKey KEY = OidcUtils.createSecretKeyFromDigest(LocalStack.COOKIE_SECRET);

    private final Map<String, Cookie> cookies = new LinkedHashMap<>();

    /** One that has a session of the tenant's user. */
    static Browser signedIn(String tenant, String... roles) {
        return signedIn(new JsonObject().put("tenant", tenant).put("name", "Dana " + tenant), roles);
    }

    static Browser signedIn(JsonObject claims, String... roles) {
        Browser browser = new Browser();
        Response back = browser.back(claims.put("roles", new JsonArray(java.util.List.of(roles))));
        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(back.header("Location")).isEqualTo(PUBLIC + "/console/");
        return browser;
    }

    /** Goes to the provider, signs in with these claims, and comes back. @return what the gateway then says */
    Response back(JsonObject claims) {
        return get(wayBack(claims));
    }

    /** The path with which the provider sends the browser back. */
    String wayBack(JsonObject claims) {
        return wayBack("/console/", claims);
    }

    /** The same for whoever wanted this page. */
    String wayBack(String page, JsonObject claims) {
        Response sent = get(page);
        assertThat(sent.statusCode()).isEqualTo(302);
        Response provider = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .contentType(ContentType.URLENC)
                .body("username=dana&claims="
                        + java.net.URLEncoder.encode(claims.encode(), java.nio.charset.StandardCharsets.UTF_8))
                .post(sent.header("Location"));
        assertThat(provider.statusCode()).isEqualTo(302);
        URI back = URI.create(provider.header("Location"));
        assertThat(back.toString()).startsWith(PUBLIC + "/console/?");
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    /** A request with the cookies that there are. */
    RequestSpecification request() {
        RequestSpecification request = given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Host", "earshot.example");
        cookies.forEach((name, cookie) -> request.cookie(name, cookie.getValue()));
        return request;
    }

    Response get(String path) {
        return kept(request().get(path));
    }

    /** Keeps what the answer sets and drops what it ends. */
    Response kept(Response response) {
        for (Cookie cookie : response.detailedCookies()) {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie);
            }
        }
        return response;
    }

    Map<String, Cookie> cookies() {
        return cookies;
    }

    /** What a session consists of. */
    record Tokens(String id, String refresh) {}

    /** What is in the cookie. */
    Tokens tokens() {
        try {
            String text = OidcUtils.decryptString(
                    requireNonNull(cookies.get(SESSION)).getValue(), KEY, KeyEncryptionAlgorithm.A256GCMKW);
            String[] parts = text.split("\\|", -1);
            return new Tokens(parts[0], parts[parts.length - 1]);
        } catch (Exception e) {
            throw new IllegalStateException("the session cannot be read", e);
        }
    }

    /** Replaces it, as if time had gone by. */
    void holds(Tokens tokens) {
        try {
            String text = tokens.id() + "||||" + tokens.refresh();
            String value = OidcUtils.encryptString(text, KEY, KeyEncryptionAlgorithm.A256GCMKW);
            cookies.put(SESSION, new Cookie.Builder(SESSION, value).build());
        } catch (Exception e) {
            throw new IllegalStateException("the session cannot be written", e);
        }
    }
}
