package dev.earshot.gateway.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import dev.earshot.gateway.http.PublicUrlConfig;
import dev.earshot.gateway.tenant.FileAccounts;
import dev.earshot.gateway.webhook.WebhookProbe;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * Whether a webhook that Twilio signs arrives at a gateway which takes the signature: one is sent to the webhook's URL, signed as Twilio would, that
 * registers nothing.
 */
final class WebhookCheck {
    static final String NAME = "webhook";
    static final String PUBLIC_URL = "earshot.public-url";

    private WebhookCheck() {}

    static Check of(Settings settings, Wanted wanted) {
        return new Check(NAME, List.of(PUBLIC_URL), () -> {
            URI publicUrl = settings.of(PublicUrlConfig.class).value();
            FileAccounts accounts = OwnConfiguration.accounts(settings);
            WebhookJudgement judgement = new WebhookJudgement(publicUrl);
            URI webhook = wanted.webhookUrl().map(WebhookCheck::url).orElseGet(() -> WebhookProbe.urlAt(publicUrl));
            Optional<Finding> wrong = judgement.address(webhook);
            if (wrong.isPresent()) {
                return List.of(wrong.get());
            }
            return WebhookProbe.of(webhook, accounts)
                    .map(probe -> List.of(sent(probe, judgement, wanted)))
                    .orElseGet(() -> List.of(Finding.warning(
                            NAME,
                            "no Twilio account of the gateway may use " + webhook,
                            "name an account's tenant in the webhook's URL",
                            "earshot.accounts.directory")));
        });
    }

    private static Finding sent(WebhookProbe probe, WebhookJudgement judgement, Wanted wanted) {
        try (Asking asking = new Asking(wanted.patience())) {
            return judgement.answer(
                    probe.url(),
                    asking.send(HttpRequest.newBuilder(probe.url())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("X-Twilio-Signature", probe.signature())
                            .POST(HttpRequest.BodyPublishers.ofString(probe.body()))));
        } catch (IOException e) {
            return judgement.silence(probe.url(), e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return judgement.silence(probe.url(), "interrupted");
        }
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Misconfigured("--webhook-url must be a URL", List.of());
        }
    }
}
