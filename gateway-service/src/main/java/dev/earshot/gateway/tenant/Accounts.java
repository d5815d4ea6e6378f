package dev.earshot.gateway.tenant;

import dev.earshot.events.AccountSid;
import java.util.List;
import java.util.Optional;

/** The Twilio accounts that are configured. What is not here is nobody's. */
public interface Accounts {
    /** Whose the account is; empty if it is not configured. */
    Optional<Owner> ownerOf(AccountSid account);

    /**
     * The auth tokens that may have signed a webhook of this account, the current one first.
     *
     * @return empty if the account is not configured, else one or, during a rotation, two
     */
    List<String> webhookAuthTokens(AccountSid account);
}
