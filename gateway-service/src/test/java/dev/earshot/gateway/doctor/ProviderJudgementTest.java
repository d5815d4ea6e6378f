package dev.earshot.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderJudgementTest {
    private static final URI SERVER = URI.create("https://id.example/realms/calls");
    private static final Asking.Answer GOOD = document("https://id.example/realms/calls");

    @Test
    void aProviderThatIsCalledAsItCallsItselfIsWell() {
        ProviderJudgement judgement = demanding(Optional.empty());

        assertThat(judgement.document(GOOD)).isEmpty();
        assertThat(judgement.document(document("https://id.example/realms/calls/")))
                .isEmpty();
        assertThat(judgement.keysOf(GOOD)).isEqualTo(URI.create("https://id.example/keys"));
        assertThat(judgement
                        .keys(new Asking.Answer(200, "{\"keys\":[{\"kid\":\"1\"}]}"))
                        .severity())
                .isEqualTo(Severity.OK);
    }

    @ParameterizedTest
    @CsvSource({"404, not found", "200, <html>", "200, {}", "301, ''"})
    void whatIsNoProviderIsAnError(int status, String body) {
        Finding finding = demanding(Optional.empty())
                .document(new Asking.Answer(status, body))
                .orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.keys()).containsExactly("quarkus.oidc.auth-server-url");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aProviderThatIsNotWellMayBeLater(int status) {
        Asking.Answer answer = new Asking.Answer(status, "");

        assertThat(demanding(Optional.empty()).document(answer).orElseThrow().severity())
                .isEqualTo(Severity.UNREACHABLE);
        assertThat(demanding(Optional.empty()).keys(answer).severity()).isEqualTo(Severity.UNREACHABLE);
    }

    @Test
    void anotherIssuerThanTheOneDemandedIsAnError() {
        Finding finding =
                demanding(Optional.of("https://other.example")).document(GOOD).orElseThrow();

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.keys()).first().isEqualTo("quarkus.oidc.token.issuer");
        assertThat(demanding(Optional.of("any")).document(GOOD)).isEmpty();
    }

    @Test
    void anotherNameThanItsAddressIsAWarning() {
        assertThat(demanding(Optional.empty())
                        .document(document("https://login.example"))
                        .orElseThrow()
                        .severity())
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void aProviderWithoutKeysIsAnError() {
        assertThat(demanding(Optional.empty())
                        .keys(new Asking.Answer(200, "{\"keys\":[]}"))
                        .severity())
                .isEqualTo(Severity.ERROR);
    }

    private static ProviderJudgement demanding(Optional<String> issuer) {
        return new ProviderJudgement(SERVER, issuer);
    }

    private static Asking.Answer document(String issuer) {
        return new Asking.Answer(200, "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"https://id.example/keys\"}");
    }
}
