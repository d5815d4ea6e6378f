package dev.earshot.fetcher.twilio;

import dev.earshot.events.AccountSid;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One account and how to sign in to it.
 *
 * @param sid which account
 * @param username the account SID or an API key's SID; a parent account's opens its sub-accounts
 * @param password the auth token or the API key's secret
 * @param baseUrl where its API is; credentials are per region
 * @see <a href="https://www.twilio.com/docs/iam/api-keys">Twilio: API keys</a>
 */
public record TwilioAccount(AccountSid sid, String username, String password, URI baseUrl) {
    /** RFC 7617, section 2. */
    String basicAuthorization() {
        byte[] userPass = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(userPass);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "TwilioAccount[" + sid + " at " + baseUrl + "]";
    }
}
