package dev.earshot.gateway.console;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.earshot.gateway.LocalStack;
import dev.earshot.gateway.edge.EdgeKit;
import dev.earshot.gateway.edge.EdgeKit.Stored;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's paths against a real provider: the code flow, what a session opens, and what it does not. */
@QuarkusTest
@QuarkusTestResource(LocalStack.class)
class ConsoleIT {
    private static final String PLAY = "recordings:play";
    private static final String ADMIN = "recordings:admin";

    @Inject
    EdgeKit kit;

    /** Nobody else's recordings are in it. */
    private final String tenant = "console-" + EdgeKit.recordingSid().value().substring(2, 18);

    @Test
    void thePathWithoutASlashLeadsToTheOneWithIt() {
        new Browser().get("/console").then().statusCode(308).header("Location", "/console/");
    }

    @Test
    void nobodyIsSentToTheProviderWithEverythingThatProtectsTheWayBack() {
        Response sent = new Browser().get("/console/");

        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(sent.header("Location"))
                .contains("response_type=code", "client_id=earshot-console", "code_challenge_method=S256", "nonce=")
                .contains("redirect_uri=https%3A%2F%2Fearshot.example%2Fconsole%2F")
                .contains("scope=openid+profile");
        assertThat(sent.header("Cache-Control")).isEqualTo("no-store");
        assertThat(sent.detailedCookies().asList()).singleElement().satisfies(state -> {
            assertThat(state.getName()).startsWith("q_auth_console");
            assertThat(state.isHttpOnly()).isTrue();
            assertThat(state.isSecured()).isTrue();
        });
    }

    @Test
    void whoeverSignsInGetsASessionAndThePage() {
        Browser browser = Browser.signedIn(tenant, PLAY);

        Cookie session = requireNonNull(browser.cookies().get(Browser.SESSION));
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(session.isSecured()).isTrue();
        assertThat(session.getSameSite()).isEqualTo("Lax");
        assertThat(session.getPath()).isEqualTo("/");
        // Five parts are encrypted (RFC 7516); a signed token would have three.
        assertThat(session.getValue().split("\\.", -1)).hasSize(5);
        assertThat(browser.cookies()).containsOnlyKeys(Browser.SESSION);
        browser.get("/console/")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .header("Cache-Control", "no-store")
                .body(containsString("<script"));
    }

    @Test
    void thePageMayDoWhatItNeedsAndNothingElse() {
        Response page = Browser.signedIn(tenant, PLAY).get("/console/");

        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("; connect-src 'self' http://127.0.0.1:8085; ")
                .contains("; media-src 'self' blob:; ")
                .contains("; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Permissions-Policy")).contains("microphone=()");
    }

    @Test
    void whatThePageConsistsOfIsForEverybodyAndForEver() {
        String html = Browser.signedIn(tenant, PLAY).get("/console/").asString();
        Matcher script = Pattern.compile("src=\"(?:\\.|/console)?/?(assets/[^\"]+\\.js)\"")
                .matcher(html);
        assertThat(script.find()).as(html).isTrue();

        given().get("/console/" + script.group(1))
                .then()
                .statusCode(200)
                .contentType("text/javascript; charset=utf-8")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("Vary", "accept-encoding")
                .header("Content-Encoding", "gzip")
                .header("X-Content-Type-Options", "nosniff");
        given().get("/console/assets/none.js").then().statusCode(404).body("code", equalTo("not-found"));
        given().get("/console/assets/../style-hashes.json").then().statusCode(404);
        given().get("/console/index.html").then().statusCode(404);
        given().post("/console/").then().statusCode(405).header("Allow", "GET, HEAD");
    }

    @Test
    void aSessionTellsWhoItIs() {
        Browser.signedIn(tenant, PLAY, ADMIN, "somebody:elses")
                .get("/console/session")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("subject", equalTo("dana"))
                .body("name", equalTo("Dana " + tenant))
                .body("tenant", equalTo(tenant))
                .body("roles", contains(PLAY, ADMIN))
                .body("expiresAt", startsWith("20"))
                .body("signOutUrl", equalTo("/console/sign-out"))
                .body("simulatorUrl", equalTo("http://127.0.0.1:8085"))
                .body("publicUrl", equalTo(Browser.PUBLIC));
    }

    @Test
    void aSessionWithoutAValidTenantNamesNoneAndTheApiRefusesIt() {
        Browser browser = Browser.signedIn(new JsonObject().put("tenant", "not a tenant"), PLAY);

        browser.get("/console/session").then().statusCode(200).body("$", not(hasKey("tenant")));
        browser.get("/api/recordings").then().statusCode(403).body("code", equalTo("tenant-missing"));
    }

    @Test
    void withoutASessionTheSessionIs401AndNoRedirect() {
        new Browser()
                .get("/console/session")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .header("Location", nullValue())
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void aSessionOpensTheApiForItsTenantAndItsRoles() {
        Stored own = kit.ready(tenant, 100);
        Stored foreign = kit.ready(tenant + "-else", 100);
        Browser browser = Browser.signedIn(tenant, PLAY);

        browser.get("/api/recordings").then().statusCode(200).body("recordings.recordingSid", contains(own.sid()));
        browser.get("/api/recordings/" + own.sid() + "/stream").then().statusCode(200);
        browser.get("/api/recordings/" + foreign.sid()).then().statusCode(404);
        changing(browser, Browser.PUBLIC)
                .delete("/api/recordings/" + own.sid())
                .then()
                .statusCode(403)
                .body("code", equalTo("role-missing"));
    }

    @Test
    void ourOwnPageMayChangeSomething() {
        Stored stored = kit.ready(tenant, 100);
        Browser browser = Browser.signedIn(tenant, PLAY, ADMIN);

        changing(browser, Browser.PUBLIC)
                .post("/api/recordings/" + stored.sid() + "/playback-ticket")
                .then()
                .statusCode(201);
        changing(browser, Browser.PUBLIC)
                .delete("/api/recordings/" + stored.sid())
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://earshot.example",
                "https://earshot.example:8443",
                "https://earshot.example.evil.example",
                "null",
                ""
            })
    void noOtherPageMay(String origin) {
        Stored stored = kit.ready(tenant, 100);
        Browser browser = Browser.signedIn(tenant, PLAY, ADMIN);

        Response answer = changing(browser, origin).delete("/api/recordings/" + stored.sid());

        answer.then().statusCode(403).body("code", equalTo("foreign-origin"));
        browser.get("/api/recordings/" + stored.sid()).then().statusCode(200);
        changing(browser, origin)
                .post("/api/recordings/" + stored.sid() + "/playback-ticket")
                .then()
                .statusCode(403)
                .body("code", equalTo("foreign-origin"));
    }

    @Test
    void aBearerTokenDecidesBesideASessionAndNeedsNoOrigin() {
        Stored others = kit.ready(tenant + "-else", 100);
        Browser browser = Browser.signedIn(tenant, PLAY, ADMIN);
        String token = kit.token(Map.of("tenant", tenant + "-else", "roles", List.of(ADMIN, PLAY)));

        browser.request()
                .header("Authorization", "Bearer " + token)
                .get("/api/recordings/" + others.sid())
                .then()
                .statusCode(200);
        browser.request()
                .header("Authorization", "Bearer " + token)
                .delete("/api/recordings/" + others.sid())
                .then()
                .statusCode(204);
        browser.request()
                .header("Authorization", "Bearer rubbish")
                .get("/api/recordings")
                .then()
                .statusCode(401);
    }

    @Test
    void aTicketNeedsNoSessionAndADeadOneDoesNotSpoilIt() {
        Stored stored = kit.ready(tenant, 100);
        String url = kit.as(tenant, PLAY)
                .post("/api/recordings/" + stored.sid() + "/playback-ticket")
                .then()
                .statusCode(201)
                .extract()
                .path("url");

        given().urlEncodingEnabled(false)
                .cookie(Browser.SESSION, "dead")
                .get(url.replace(Browser.PUBLIC, ""))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dead", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJkYW5hIn0."})
    void aDeadSessionIs401OnTheApiAndNeverARedirect(String value) {
        for (String path : List.of("/api/recordings", "/api/recordings?state=failed&code=x", "/console/session")) {
            // With it the extension takes a request for a script's, which ours do not say that they are.
            for (Map<String, String> headers :
                    List.of(Map.<String, String>of(), Map.of("X-Requested-With", "JavaScript"))) {
                given().redirects()
                        .follow(false)
                        .cookie(Browser.SESSION, value)
                        .headers(headers)
                        .get(path)
                        .then()
                        .statusCode(401)
                        .header("Location", nullValue())
                        .body("code", equalTo("unauthenticated"));
            }
        }
    }

    /** Nobody has signed in here: the cookie is made elsewhere, with the secret that replicas share. */
    @Test
    void aSessionOfAnotherReplicaOpensHere() {
        Stored own = kit.ready(tenant, 100);
        Browser browser = new Browser();
        browser.holds(new Browser.Tokens(
                kit.token(Map.of("tenant", tenant, "roles", List.of(PLAY), "audience", "earshot-console")),
                "its provider's"));

        browser.get("/api/recordings").then().statusCode(200).body("recordings.recordingSid", contains(own.sid()));
        browser.get("/console/session").then().statusCode(200).body("tenant", equalTo(tenant));
        browser.get("/console/").then().statusCode(200).contentType(startsWith("text/html"));
    }

    @Test
    void onThePageADeadSessionIsANewSignIn() {
        given().redirects()
                .follow(false)
                .header("Host", "earshot.example")
                .cookie(Browser.SESSION, "dead")
                .get("/console/")
                .then()
                .statusCode(302)
                .header("Location", containsString("response_type=code"));
    }

    @Test
    void anExpiredSessionThatCannotBeRenewedIs401OnTheApiAndASignInOnThePage() {
        Browser browser = Browser.signedIn(tenant, PLAY);
        Browser.Tokens tokens = browser.tokens();
        browser.holds(new Browser.Tokens(expired(), "no refresh token of the provider's"));

        browser.request()
                .get("/api/recordings")
                .then()
                .statusCode(401)
                .header("Location", nullValue())
                .body("code", equalTo("unauthenticated"));
        browser.request().get("/console/session").then().statusCode(401);
        browser.request()
                .get("/console/")
                .then()
                .statusCode(302)
                .header("Location", containsString("response_type=code"));
        assertThat(tokens.refresh()).isNotBlank();
    }

    @Test
    void anExpiredSessionIsRenewedWhileTheProviderAllowsIt() {
        Browser browser = Browser.signedIn(tenant, PLAY);
        browser.holds(new Browser.Tokens(expired(), browser.tokens().refresh()));

        browser.get("/api/recordings").then().statusCode(200);

        assertThat(browser.tokens().id()).isNotEqualTo(expired());
        browser.get("/console/session").then().statusCode(200).body("tenant", equalTo(tenant));
    }

    /** Of the same provider and with everything else right. */
    @Test
    void aTokenForTheApiIsNoSession() {
        Browser browser = Browser.signedIn(tenant, PLAY);
        String forTheApi = kit.token(Map.of("tenant", tenant, "roles", List.of(PLAY)));
        browser.holds(new Browser.Tokens(forTheApi, browser.tokens().refresh()));

        browser.request().get("/console/session").then().statusCode(401);
        browser.request()
                .get("/api/recordings")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("code", equalTo("unauthenticated"));
    }

    private String expired() {
        return kit.token(Map.of(
                "tenant", tenant, "roles", List.of(PLAY), "audience", "earshot-console", "expiresInSeconds", -60));
    }

    @Test
    void aWayBackWithoutItsCookieEndsInAPageAndInNoLoop() {
        String back = new Browser().wayBack(new JsonObject().put("tenant", tenant));

        new Browser()
                .get(back)
                .then()
                .statusCode(401)
                .contentType(startsWith("text/html"))
                .body(containsString("You could not be signed in"))
                .body(containsString("href=\"/console/\""));
    }

    @Test
    void aCodeIsGoodOnce() {
        Browser browser = new Browser();
        String back = browser.wayBack(new JsonObject().put("tenant", tenant));
        Map<String, Cookie> before = Map.copyOf(browser.cookies());
        browser.get(back).then().statusCode(302);
        browser.cookies().clear();
        browser.cookies().putAll(before);

        browser.get(back).then().statusCode(401).contentType(startsWith("text/html"));

        assertThat(browser.cookies()).doesNotContainKey(Browser.SESSION);
    }

    @Test
    void whoeverIsRefusedByTheProviderIsToldSo() {
        Browser browser = new Browser();
        String back = browser.wayBack(new JsonObject());
        String state = back.replaceAll(".*[?&](state=[^&]+).*", "$1");

        browser.get("/console/?error=access_denied&error_description=%3Cscript%3E&" + state)
                .then()
                .statusCode(401)
                .contentType(startsWith("text/html"))
                .body(not(containsString("<script")))
                .body(containsString("Try again"));
    }

    @Test
    void atAnotherAddressPeopleAreSentToThePublicOneOnce() {
        given().redirects()
                .follow(false)
                .header("Host", "localhost:8080")
                .get("/console/")
                .then()
                .statusCode(307)
                .header("Location", Browser.PUBLIC + "/console/?sign-in");
        given().redirects()
                .follow(false)
                .header("Host", "behind-a-proxy:8080")
                .get("/console/?sign-in")
                .then()
                .statusCode(302)
                .header("Location", containsString("response_type=code"));
    }

    @Test
    void aLinkToAMomentLeadsThereAfterTheSignIn() {
        Browser browser = new Browser();

        browser.get(browser.wayBack("/console/?t=1:23&recording=RE1", new JsonObject().put("tenant", tenant)))
                .then()
                .statusCode(302)
                .header("Location", Browser.PUBLIC + "/console/?t=1:23&recording=RE1");
    }

    @Test
    void whoeverCameByAnotherAddressDoesNotKeepTheMarkOfIt() {
        Browser browser = new Browser();

        browser.get(browser.wayBack("/console/?t=1:23&sign-in", new JsonObject().put("tenant", tenant)))
                .then()
                .statusCode(302)
                .header("Location", Browser.PUBLIC + "/console/?t=1:23");
    }

    @Test
    void signingOutEndsTheSessionHereAndAtTheProvider() {
        Browser browser = Browser.signedIn(tenant, PLAY);

        Response out = browser.get("/console/sign-out");

        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(out.header("Location"))
                .contains("endsession?", "client_id=earshot-console", "id_token_hint=")
                .contains("post_logout_redirect_uri=https%3A%2F%2Fearshot.example%2Fconsole%2Fsigned-out");
        assertThat(browser.cookies()).isEmpty();
        browser.get("/console/session").then().statusCode(401);
        given().redirects()
                .follow(false)
                .get(out.header("Location"))
                .then()
                .statusCode(302)
                .header("Location", startsWith(Browser.PUBLIC + "/console/signed-out"));
    }

    @Test
    void signingOutWithoutASessionIsHarmless() {
        given().redirects()
                .follow(false)
                .cookie(Browser.SESSION, "dead")
                .get("/console/sign-out")
                .then()
                .statusCode(303)
                .header("Location", "/console/signed-out")
                .cookie(Browser.SESSION, "");
    }

    @Test
    void noOtherSiteSignsAnybodyOut() {
        Browser browser = Browser.signedIn(tenant, PLAY);

        Response out = browser.kept(
                browser.request().header("Sec-Fetch-Site", "cross-site").get("/console/sign-out"));

        out.then().statusCode(303).header("Location", "/console/");
        browser.get("/console/session").then().statusCode(200);
    }

    @Test
    void thePageAfterwardsIsForEverybodyAndHasNoScript() {
        given().get("/console/signed-out")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'none'; style-src 'sha256-"))
                .body(containsString("Sign in again"))
                .body(not(containsString("<script")));
    }

    private static io.restassured.specification.RequestSpecification changing(Browser browser, String origin) {
        return origin.isEmpty() ? browser.request() : browser.request().header("Origin", origin);
    }
}
