package dev.earshot.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSignatureTest {
    private static final String TOKEN = "12345";
    private static final String URL = "https://earshot.example/webhooks/twilio/recording-status";

    /** Twilio's own example of its documentation. */
    @Test
    void twiliosExampleVerifies() {
        SignedRequest request = new SignedRequest(
                "https://mycompany.com/myapp.php?foo=1&bar=2",
                "foo=1&bar=2",
                false,
                "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
                Optional.of("RSOYDt4T1cUTdK1PDd93/VVr8B8="));

        assertThat(TwilioSignature.verifies(request, List.of(TOKEN))).isTrue();
    }

    /** Twilio reads the fragment for itself; what goes over the wire, and is signed, is the URL without it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "#rc=5&rp=all", "#rc=3&rp=4xx,5xx&ct=2000&rt=5000"})
    void aCallbackConfiguredWithAFragmentVerifies(String fragment) throws Exception {
        URI configured = URI.create(URL + "?tenant=acme" + fragment);
        String sent = URL + "?" + configured.getRawQuery();

        SignedRequest request = form(sent, configured.getRawQuery(), "a=b", sign(TOKEN, sent + "ab"));

        assertThat(TwilioSignature.verifies(request, List.of(TOKEN))).isTrue();
        assertThat(request.query("tenant")).contains("acme");
    }

    @Test
    void anEscapedQueryIsSignedAsItStands() throws Exception {
        String url = URL + "?tenant=a%2Db&x=1%262";
        SignedRequest request = form(url, "tenant=a%2Db&x=1%262", "a=b", sign(TOKEN, url + "ab"));

        assertThat(TwilioSignature.verifies(request, List.of(TOKEN))).isTrue();
    }

    @Test
    void aRepeatedNameIsSignedWithAllItsValuesSortedAndOnce() throws Exception {
        SignedRequest request = form(URL, "", "a=2&a=1&a=2&b=x", sign(TOKEN, URL + "a1a2bx"));

        assertThat(TwilioSignature.verifies(request, List.of(TOKEN))).isTrue();
    }

    @Test
    void theSchemesOwnPortMayBeSignedOrNot() throws Exception {
        String withPort = URL.replace("earshot.example", "earshot.example:443");

        assertThat(TwilioSignature.verifies(form(URL, "", "a=b", sign(TOKEN, withPort + "ab")), List.of(TOKEN)))
                .isTrue();
        assertThat(TwilioSignature.verifies(form(withPort, "", "a=b", sign(TOKEN, URL + "ab")), List.of(TOKEN)))
                .isTrue();
    }

    @Test
    void anotherPortMustBeSignedAsItIs() throws Exception {
        String url = "http://127.0.0.1:8080/webhooks?tenant=acme";

        assertThat(TwilioSignature.verifies(form(url, "tenant=acme", "a=b", sign(TOKEN, url + "ab")), List.of(TOKEN)))
                .isTrue();
    }

    @Test
    void theNextTokenOfARotationVerifiesToo() throws Exception {
        SignedRequest request = form(URL, "", "a=b", sign("old", URL + "ab"));

        assertThat(TwilioSignature.verifies(request, List.of("new", "old"))).isTrue();
    }

    @Test
    void whatWasTamperedWithIsRefused() throws Exception {
        String signature = sign(TOKEN, URL + "ab");

        assertThat(TwilioSignature.verifies(form(URL, "", "a=c", signature), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verifies(form(URL, "", "a=b&c=d", signature), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verifies(form(URL + "?tenant=x", "tenant=x", "a=b", signature), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verifies(form(URL, "", "a=b", signature), List.of("other")))
                .isFalse();
        assertThat(TwilioSignature.verifies(form(URL, "", "a=b", ""), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verifies(new SignedRequest(URL, "", false, "a=b", Optional.empty()), List.of(TOKEN)))
                .isFalse();
    }

    @Test
    void anUnknownAccountNeverVerifies() throws Exception {
        SignedRequest request = form(URL, "", "a=b", sign("no account has this auth token", URL + "ab"));

        assertThat(TwilioSignature.verifies(request, List.of())).isFalse();
    }

    @Test
    void aJsonBodyIsSignedByItsHash() throws Exception {
        String body = "{\"RecordingStatus\":\"completed\"}";
        String query = "bodySHA256=" + sha256(body);
        String url = URL + "?" + query;
        Optional<String> signature = Optional.of(sign(TOKEN, url));

        assertThat(TwilioSignature.verifies(new SignedRequest(url, query, true, body, signature), List.of(TOKEN)))
                .isTrue();
        assertThat(TwilioSignature.verifies(new SignedRequest(url, query, true, body + " ", signature), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verifies(
                        new SignedRequest(URL, "", true, body, Optional.of(sign(TOKEN, URL))), List.of(TOKEN)))
                .isFalse();
    }

    private static SignedRequest form(String url, String query, String body, String signature) {
        return new SignedRequest(url, query, false, body, Optional.of(signature));
    }

    private static String sign(String token, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
