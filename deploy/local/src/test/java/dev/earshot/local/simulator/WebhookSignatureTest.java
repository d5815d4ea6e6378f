package dev.earshot.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final String TOKEN = "12345";
    private static final String URL = "https://earshot.example.com/webhooks/twilio/recording-status?tenant=acme";
    private static final Map<String, String> PARAMETERS = Map.of(
            "RecordingSid", "RE00000000000000000000000000000001",
            "CallSid", "CA00000000000000000000000000000001",
            "RecordingStartTime", "Sat, 21 Nov 2026 04:22:09 +0000",
            "RecordingStatus", "completed");

    @Test
    void isWhatTwiliosOwnValidatorAccepts() {
        String signature = WebhookSignature.sign(TOKEN, URL, PARAMETERS);

        assertThat(new RequestValidator(TOKEN).validate(URL, PARAMETERS, signature))
                .isTrue();
    }

    @Test
    void isRefusedWithAnotherTokenOrAnotherUrl() {
        String signature = WebhookSignature.sign(TOKEN, URL, PARAMETERS);

        assertThat(new RequestValidator("54321").validate(URL, PARAMETERS, signature))
                .isFalse();
        assertThat(new RequestValidator(TOKEN).validate(URL + "x", PARAMETERS, signature))
                .isFalse();
    }

    /** The worked example of Twilio's page "Security: validating signatures from Twilio". */
    @Test
    void isTheOneOfTwiliosExample() {
        String signature = WebhookSignature.sign(
                TOKEN,
                "https://mycompany.com/myapp.php?foo=1&bar=2",
                Map.of(
                        "CallSid", "CA1234567890ABCDE",
                        "Caller", "+14158675310",
                        "Digits", "1234",
                        "From", "+14158675310",
                        "To", "+18005551212"));

        assertThat(signature).isEqualTo("GvWf1cFY/Q7PnoempGyD5oXAezc=");
    }
}
