package dev.earshot.local.simulator;

import dev.earshot.local.simulator.audio.AudioFormat;
import java.util.Optional;

/**
 * A Twilio account as the local stack knows it.
 *
 * @param authToken signs webhooks; with the SID as user name it also opens the API
 * @param username what the fetcher signs in with: the account's SID or an API key's
 * @param tenant absent for a shared account
 * @param parentSid an account that may read this one's recordings too, or absent
 */
public record Account(
        String accountSid,
        String authToken,
        String username,
        String password,
        Optional<String> tenant,
        AudioFormat format,
        Optional<String> parentSid) {

    boolean opensWith(String user, String secret) {
        return (user.equals(username) && secret.equals(password))
                || (user.equals(accountSid) && secret.equals(authToken));
    }
}
