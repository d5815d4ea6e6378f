package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may tell Earshot of a recording. */
class WebhookTest {
    @Test
    void a_signed_webhook_registers_the_recording() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("webhook", false));
        assertThat(Listener.of("acme").info(recorded.recordingSid()).statusCode())
                .isEqualTo(404);

        int status = Simulator.webhook(recorded, "");

        assertThat(status).isEqualTo(204);
        assertThat(Listener.of("acme")
                        .info(recorded.recordingSid())
                        .path("state")
                        .toString())
                .isEqualTo("registered");
    }

    @Test
    void a_tampered_webhook_is_refused_and_changes_nothing() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("webhook", false));

        int status = Simulator.webhook(recorded, "?tamper=true");

        assertThat(status).isEqualTo(403);
        assertThat(Listener.of("acme").info(recorded.recordingSid()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_replayed_webhook_changes_nothing() {
        Recorded recorded = Simulator.call("globex");
        Listener listener = Listener.of("globex");
        eventually(() -> assertThat(
                        listener.info(recorded.recordingSid()).path("state").toString())
                .isEqualTo("ready"));
        String before = listener.info(recorded.recordingSid()).asString();

        int first = Simulator.webhook(recorded, "");
        int second = Simulator.webhook(recorded, "");
        int late = Simulator.webhook(recorded, "?status=in-progress");

        assertThat(new int[] {first, second, late}).containsOnly(204);
        assertThat(listener.info(recorded.recordingSid()).asString()).isEqualTo(before);
        assertThat(Simulator.downloads(recorded)).isEqualTo(1);
    }

    @Test
    void a_recording_that_twilio_calls_absent_is_told_to_its_owner() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("webhook", false));

        int status = Simulator.webhook(recorded, "?status=absent");
        Response answer = Listener.of("acme").stream(recorded.recordingSid());

        assertThat(status).isEqualTo(204);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.path("code").toString()).isEqualTo("recording-absent");
    }

    @Test
    void a_client_registers_a_recording_of_its_own_account_once() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("webhook", false));
        Listener writer = writer("acme");

        Response created = register(writer, recorded.recordingSid(), facts(recorded));
        Response again = register(writer, recorded.recordingSid(), facts(recorded));
        Response contradicting =
                register(writer, recorded.recordingSid(), facts(recorded).put("callSid", "CA" + hex()));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(contradicting.statusCode()).isEqualTo(409);
        assertThat(Listener.sha256(Listener.of("acme").streamWaiting(recorded.recordingSid(), 20)))
                .isEqualTo(recorded.sha256());
    }

    @Test
    void a_tenant_cannot_register_another_accounts_recording() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("webhook", false));

        Response foreign = register(writer("globex"), recorded.recordingSid(), facts(recorded));
        Response shared = register(
                writer("globex"),
                recorded.recordingSid(),
                facts(recorded).put("accountSid", Stack.running().accountSid("shared")));
        Response unknown = register(
                writer("globex"), recorded.recordingSid(), facts(recorded).put("accountSid", "AC" + hex()));

        for (Response refused : new Response[] {foreign, shared, unknown}) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.path("code").toString()).isEqualTo("account-not-allowed");
        }
        assertThat(Listener.of("globex").info(recorded.recordingSid()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_client_without_the_role_to_write_cannot_register() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("webhook", false));

        Response answer = register(Listener.of("acme"), recorded.recordingSid(), facts(recorded));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    private static Listener writer(String tenant) {
        return Listener.with(Stack.running().token(tenant, "recordings:write"));
    }

    private static ObjectNode facts(Recorded recorded) {
        return Http.JSON.createObjectNode().put("callSid", recorded.callSid()).put("accountSid", recorded.accountSid());
    }

    private static Response register(Listener writer, String recordingSid, ObjectNode facts) {
        return writer.request()
                .contentType("application/json")
                .body(facts.toString())
                .put("/api/recordings/{sid}", recordingSid);
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
