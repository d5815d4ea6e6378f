package dev.earshot.gateway.doctor;

import static dev.earshot.gateway.doctor.WebhookCheck.NAME;
import static dev.earshot.gateway.doctor.WebhookCheck.PUBLIC_URL;

import dev.earshot.doctor.Finding;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the public URL is the one that Twilio signs. Pure. */
final class WebhookJudgement {
    private final URI publicUrl;

    WebhookJudgement(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Scheme, host and port must be the same: the signature covers them. */
    Optional<Finding> address(URI webhook) {
        if (publicUrl.getHost() == null || !List.of("http", "https").contains(publicUrl.getScheme())) {
            return Optional.of(Finding.error(
                    NAME,
                    "the public URL is none with a scheme and a host",
                    "give it as https://calls.example",
                    PUBLIC_URL));
        }
        if (!origin(webhook).equals(origin(publicUrl))) {
            return Optional.of(Finding.error(
                    NAME,
                    "Twilio signs " + origin(webhook) + ", and the gateway checks for " + origin(publicUrl)
                            + ": every webhook is refused",
                    "set it to " + origin(webhook),
                    PUBLIC_URL));
        }
        return Optional.empty();
    }

    Finding answer(URI webhook, Asking.Answer answer) {
        // The signature was believed; then the recording's SID was missed, as it should be.
        if (answer.status() == 400 && answer.body().contains("\"invalid-request\"")) {
            return Finding.ok(NAME, "a gateway takes at " + shown(webhook) + " what Twilio would sign");
        }
        if (answer.status() == 403 && answer.body().contains("\"webhook-refused\"")) {
            return Finding.error(
                    NAME,
                    "the gateway behind " + shown(webhook) + " refuses what Twilio would sign",
                    "set the running gateway's public URL to " + origin(webhook)
                            + "; if it is, it has other auth tokens, or a proxy changes the path",
                    PUBLIC_URL,
                    "earshot.accounts.directory");
        }
        if (answer.status() >= 500) {
            return Finding.unreachable(
                    NAME,
                    shown(webhook) + " answers with status " + answer.status(),
                    "look whether a gateway runs",
                    PUBLIC_URL);
        }
        return Finding.error(
                NAME,
                "what answers at " + shown(webhook) + " is no gateway (status " + answer.status() + ")",
                "name the URL that leads to the gateway without a redirect, or mend the route to it",
                PUBLIC_URL);
    }

    Finding silence(URI webhook, String why) {
        return Finding.unreachable(
                NAME,
                "nobody answers at " + shown(webhook) + " (" + why + ")",
                "look whether a gateway runs, and whether this is where the world reaches it",
                PUBLIC_URL);
    }

    private static String shown(URI webhook) {
        return origin(webhook) + webhook.getPath();
    }

    private static String origin(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int own = scheme.equals("https") ? 443 : 80;
        boolean plain = url.getPort() < 0 || url.getPort() == own;
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT)
                + (plain ? "" : ":" + url.getPort());
    }
}
