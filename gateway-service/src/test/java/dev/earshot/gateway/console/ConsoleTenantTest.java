package dev.earshot.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.SignatureAlgorithm;
import io.quarkus.oidc.runtime.OidcTenantConfig.Token;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsoleTenantTest {
    @Test
    void whatRestrictsTheApisTokensRestrictsSessions() {
        OidcTenantConfig api = OidcTenantConfig.builder()
                .tenantId("api")
                .token()
                .audience("earshot")
                .issuer("https://id.example")
                .requiredClaims("region", "eu")
                .age(Duration.ofMinutes(10))
                .signatureAlgorithm(SignatureAlgorithm.ES256)
                .lifespanGrace(7)
                .subjectRequired()
                .tokenType("at+jwt")
                .end()
                .build();

        Token session = ConsoleTenant.idToken("earshot-console", api);

        assertThat(session.requiredClaims()).isEqualTo(Map.of("region", Set.of("eu")));
        assertThat(session.age()).contains(Duration.ofMinutes(10));
        assertThat(session.signatureAlgorithm()).contains(SignatureAlgorithm.ES256);
        assertThat(session.issuer()).contains("https://id.example");
        assertThat(session.lifespanGrace()).hasValue(7);
        assertThat(session.subjectRequired()).isTrue();
        assertThat(session.audience().orElseThrow()).containsExactly("earshot-console");
        assertThat(session.tokenType()).isEmpty();
    }

    @Test
    void whereTheApiDemandsNothingASessionNeedsItsAudienceAlone() {
        Token session = ConsoleTenant.idToken(
                "earshot-console", OidcTenantConfig.builder().tenantId("api").build());

        assertThat(session.requiredClaims()).isEmpty();
        assertThat(session.age()).isEmpty();
        assertThat(session.signatureAlgorithm()).isEmpty();
        assertThat(session.audience().orElseThrow()).containsExactly("earshot-console");
    }
}
