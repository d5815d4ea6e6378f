package dev.earshot.fetcher.twilio;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** The Twilio accounts. */
@ConfigMapping(prefix = "earshot.accounts")
public interface AccountsConfig {
    /**
     * Folder with one JSON file for each account:
     * {@code {"accountSid":"AC…","username":"AC… or SK…","password":"…","baseUrl":"https://… (optional)"}}, or for a
     * sub-account that is fetched with its parent's credentials {@code {"accountSid":"AC…","parentAccountSid":"AC…"}}.
     */
    Path directory();
}
