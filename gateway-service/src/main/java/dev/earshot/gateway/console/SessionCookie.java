package dev.earshot.gateway.console;

import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The cookie that is a console's session, in one piece or, where its tokens are long, in several. */
final class SessionCookie {
    private static final String NAME = OidcUtils.SESSION_COOKIE_NAME + "_" + ConsoleTenant.ID;

    private SessionCookie() {}

    static boolean isSent(HttpServerRequest request) {
        return request.cookies().stream().anyMatch(SessionCookie::isOurs);
    }

    private static boolean isOurs(Cookie cookie) {
        return cookie.getName().equals(NAME) || cookie.getName().startsWith(NAME + "_");
    }

    /** Has the browser forget it, whether or not it still opens anything. */
    static void end(HttpServerRequest request, HttpServerResponse response, boolean secure) {
        for (Cookie cookie : request.cookies()) {
            if (isOurs(cookie)) {
                response.addCookie(Cookie.cookie(cookie.getName(), "")
                        .setPath("/")
                        .setMaxAge(0)
                        .setHttpOnly(true)
                        .setSecure(secure)
                        .setSameSite(CookieSameSite.LAX));
            }
        }
    }
}
