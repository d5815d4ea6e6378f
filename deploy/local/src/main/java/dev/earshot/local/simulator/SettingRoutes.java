package dev.earshot.local.simulator;

import dev.earshot.local.simulator.audio.AudioFormat;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /simulator/accounts} and {@code /simulator/webhooks}: what holds for a whole account, or for all. */
final class SettingRoutes {
    private final AccountBook accounts;
    private final Webhooks webhooks;

    SettingRoutes(AccountBook accounts, Webhooks webhooks) {
        this.accounts = accounts;
        this.webhooks = webhooks;
    }

    /** An unknown account is made, if {@code authToken} is given. */
    record AccountSetting(
            @Nullable String behaviour,
            @Nullable Integer behaviourSeconds,
            @Nullable Integer concurrency,
            @Nullable String authToken,
            @Nullable String parentAccountSid,
            @Nullable String tenant) {}

    record WebhookSetting(
            @Nullable Boolean enabled, @Nullable String gatewayUrl) {}

    void mount(Router router) {
        router.put("/simulator/accounts/:account").handler(this::account);
        router.put("/simulator/webhooks").handler(this::webhooks);
    }

    private void account(RoutingContext context) {
        AccountSetting setting = ControlRoutes.parse(context, AccountSetting.class);
        String sid = context.pathParam("account");
        if (accounts.bySid(sid).isEmpty() && setting.authToken() != null) {
            accounts.add(made(sid, setting.authToken(), setting));
        }
        Optional<AccountBook.Entry> found = accounts.bySid(sid);
        if (found.isEmpty()) {
            Answers.problem(context, 404, "There is no account " + sid + "; give authToken to make it");
            return;
        }
        found.get().behave(rule(setting));
        Answers.json(context, 200, json(found.get()));
    }

    private static Account made(String sid, String authToken, AccountSetting setting) {
        return new Account(
                sid,
                authToken,
                sid,
                authToken,
                Optional.ofNullable(setting.tenant()),
                AudioFormat.MP3,
                Optional.ofNullable(setting.parentAccountSid()));
    }

    private static AccountBook.Rule rule(AccountSetting setting) {
        Behaviour behaviour = setting.behaviour() == null ? Behaviour.NORMAL : Behaviour.parse(setting.behaviour());
        return new AccountBook.Rule(
                behaviour,
                setting.behaviourSeconds() == null ? behaviour.defaultSeconds() : setting.behaviourSeconds(),
                setting.concurrency() == null ? AccountBook.UNLIMITED : setting.concurrency());
    }

    private static JsonObject json(AccountBook.Entry entry) {
        AccountBook.Rule rule = entry.rule();
        return new JsonObject()
                .put("accountSid", entry.account().accountSid())
                .put("behaviour", rule.behaviour().text())
                .put("behaviourSeconds", rule.seconds())
                .put("concurrency", rule.concurrency() == AccountBook.UNLIMITED ? null : rule.concurrency())
                .put("inFlight", entry.inFlight().get());
    }

    private void webhooks(RoutingContext context) {
        WebhookSetting setting = ControlRoutes.parse(context, WebhookSetting.class);
        if (setting.enabled() != null) {
            webhooks.enable(setting.enabled());
        }
        if (setting.gatewayUrl() != null) {
            webhooks.sendTo(setting.gatewayUrl());
        }
        Answers.json(
                context,
                200,
                new JsonObject().put("enabled", webhooks.isEnabled()).put("gatewayUrl", webhooks.target()));
    }
}
