package dev.earshot.gateway.webhook;

import dev.earshot.events.AccountSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.tenant.FileAccounts;
import dev.earshot.gateway.tenant.Owner;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A webhook as Twilio would sign it, without a recording: the gateway that believes it answers 400 {@code invalid-request}, and has registered
 * nothing; the one that does not answers 403 {@code webhook-refused}.
 *
 * @param body a form
 * @param signature the header {@code X-Twilio-Signature}
 */
public record WebhookProbe(URI url, String body, String signature) {
    private static final String PATH = "/webhooks/twilio/recording-status";
    private static final String ACCOUNT = "AccountSid";
    private static final String TENANT = "tenant";

    /** Where webhooks go unless somebody knows better. */
    public static URI urlAt(URI publicUrl) {
        return URI.create(publicUrl.toString().replaceFirst("/+$", "") + PATH);
    }

    /**
     * @param webhook as it is told to Twilio; its fragment is Twilio's own and not sent
     * @return empty if no account's webhooks may go there
     */
    public static Optional<WebhookProbe> of(URI webhook, FileAccounts accounts) {
        String url = webhook.toString().replaceFirst("#.*", "");
        Optional<String> named = new SignedRequest(
                        url, Optional.ofNullable(webhook.getRawQuery()).orElse(""), false, "", Optional.empty())
                .query(TENANT);
        Map<String, AccountSid> sorted = new TreeMap<>();
        accounts.sids().forEach(sid -> sorted.put(sid.value(), sid));
        return sorted.values().stream()
                .filter(sid -> accounts.ownerOf(sid)
                        .filter(owner -> mayUse(owner, named))
                        .isPresent())
                .findFirst()
                .map(sid -> signed(url, named.isPresent(), sid, accounts));
    }

    private static boolean mayUse(Owner owner, Optional<String> named) {
        return switch (owner) {
            case Owner.OfTenant(Tenant tenant) -> named.isEmpty() || named.get().equals(tenant.value());
            case Owner.Shared shared -> true;
        };
    }

    private static WebhookProbe signed(String url, boolean named, AccountSid sid, FileAccounts accounts) {
        boolean lacksTenant = !named
                && accounts.ownerOf(sid).filter(Owner.Shared.class::isInstance).isPresent();
        String whole = lacksTenant ? url + (url.contains("?") ? "&" : "?") + TENANT + "=doctor" : url;
        String token = accounts.webhookAuthTokens(sid).getFirst();
        return new WebhookProbe(
                URI.create(whole), ACCOUNT + "=" + sid, TwilioSignature.hmac(token, whole + ACCOUNT + sid));
    }
}
