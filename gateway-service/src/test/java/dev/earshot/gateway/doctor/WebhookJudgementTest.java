package dev.earshot.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookJudgementTest {
    private static final URI WEBHOOK = URI.create("https://calls.example/webhooks/twilio/recording-status?tenant=acme");

    private final WebhookJudgement judgement = new WebhookJudgement(URI.create("https://calls.example"));

    @ParameterizedTest
    @ValueSource(strings = {"https://calls.example/x", "https://CALLS.example:443/x", "HTTPS://calls.example/x"})
    void whatTwilioCallsIsWhereTheGatewayThinksItIs(String webhook) {
        assertThat(judgement.address(URI.create(webhook))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://calls.example/x", "https://call.example/x", "https://calls.example:8443/x"})
    void anotherSchemeHostOrPortRefusesEveryWebhook(String webhook) {
        Finding finding = judgement.address(URI.create(webhook)).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.keys()).containsExactly("earshot.public-url");
        assertThat(finding.change()).contains(webhook.replace("/x", ""));
    }

    @Test
    void aPublicUrlWithoutAHostIsNone() {
        assertThat(new WebhookJudgement(URI.create("calls.example"))
                        .address(WEBHOOK)
                        .orElseThrow()
                        .keys())
                .containsExactly("earshot.public-url");
    }

    @ParameterizedTest
    @CsvSource({
        "400, '{\"code\":\"invalid-request\"}', OK",
        "403, '{\"code\":\"webhook-refused\"}', ERROR",
        "403, forbidden, ERROR",
        "301, '', ERROR",
        "404, '', ERROR",
        "204, '', ERROR",
        "502, '', UNREACHABLE"
    })
    void onlyAGatewayThatBelievesTheSignatureMissesTheRecording(int status, String body, Severity severity) {
        Finding finding = judgement.answer(WEBHOOK, new Asking.Answer(status, body));

        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(severity == Severity.OK || finding.keys().contains("earshot.public-url"))
                .isTrue();
    }

    @Test
    void silenceNamesTheUrl() {
        assertThat(judgement.silence(WEBHOOK, "ConnectException").keys()).containsExactly("earshot.public-url");
    }
}
