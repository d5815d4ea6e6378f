package dev.earshot.local.simulator;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Basic authentication with AccountSid and auth token or with an API key ("Twilio API requests: authentication"). Another account's resources
 * look as if they did not exist.
 */
final class TwilioAuth {
    private static final String ACCOUNT = "account";

    private final AccountBook accounts;

    TwilioAuth(AccountBook accounts) {
        this.accounts = accounts;
    }

    void check(RoutingContext context) {
        Optional<AccountBook.Entry> reader = reader(context.request());
        if (reader.isEmpty()) {
            TwilioErrors.AUTHENTICATE.send(context);
        } else if (!accounts.mayRead(reader.get().account(), context.pathParam("account"))) {
            TwilioErrors.NOT_FOUND.send(context);
        } else {
            accounts.bySid(context.pathParam("account")).ifPresent(entry -> context.put(ACCOUNT, entry));
            context.next();
        }
    }

    /** The account that the path names, once {@link #check} has let the request pass. */
    static AccountBook.Entry account(RoutingContext context) {
        return context.get(ACCOUNT);
    }

    private Optional<AccountBook.Entry> reader(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String decoded =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : accounts.byCredentials(decoded.substring(0, colon), decoded.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
