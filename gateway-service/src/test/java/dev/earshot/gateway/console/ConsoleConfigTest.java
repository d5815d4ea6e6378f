package dev.earshot.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.gateway.http.PublicUrlConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and defaults that operators rely on, what is refused at start, and what is made of it without a gateway. */
class ConsoleConfigTest {
    private static final String PREFIX = "earshot.console.";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> ON =
            Map.of(PREFIX + "client-id", "earshot-console", PREFIX + "cookie-secret", SECRET);

    @Test
    void defaults() {
        ConsoleConfig config = config(Map.of()).getConfigMapping(ConsoleConfig.class);

        assertThat(config.clientId()).isEmpty();
        assertThat(config.clientSecret()).isEmpty();
        assertThat(config.cookieSecret()).isEmpty();
        assertThat(config.scopes()).containsExactly("profile");
        assertThat(config.sessionIdle()).isEqualTo(Duration.ofHours(8));
        assertThat(config.simulatorUrl()).isEmpty();
    }

    @Test
    void names() {
        Map<String, String> values = new HashMap<>(ON);
        values.put(PREFIX + "client-secret", "x");
        values.put(PREFIX + "scopes", "profile,offline_access");
        values.put(PREFIX + "session-idle", "1s");
        values.put(PREFIX + "simulator-url", "http://127.0.0.1:8085");
        ConsoleConfig config = config(values).getConfigMapping(ConsoleConfig.class);

        assertThat(config.clientId()).contains("earshot-console");
        assertThat(config.clientSecret()).contains("x");
        assertThat(config.cookieSecret()).contains(SECRET);
        assertThat(config.scopes()).containsExactly("profile", "offline_access");
        assertThat(config.sessionIdle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.simulatorUrl()).contains(URI.create("http://127.0.0.1:8085"));
    }

    @Test
    void noneAndOneThatIsCompleteWork() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> check(ON)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "earshot.console.cookie-secret,secret-but-short",
        "earshot.console.session-idle,0s",
        "earshot.console.simulator-url,ftp://127.0.0.1",
        "earshot.public-url,https://earshot.example/behind/a/path",
    })
    void aValueThatCannotWorkIsRefusedByName(String key, String value) {
        Map<String, String> values = new HashMap<>(ON);
        values.put(key, value);

        assertThatThrownBy(() -> check(values)).hasMessageContaining(key).hasMessageNotContaining("secret-but");
    }

    @Test
    void withoutASecretItIsRefused() {
        assertThatThrownBy(() -> check(Map.of(PREFIX + "client-id", "earshot-console")))
                .hasMessageContaining(PREFIX + "cookie-secret");
    }

    @Test
    void withoutAProviderItIsRefused() {
        assertThatThrownBy(() -> check(ON, Optional.empty())).hasMessageContaining("quarkus.oidc.auth-server-url");
    }

    @ParameterizedTest
    @CsvSource({"client-secret,x", "cookie-secret," + SECRET, "simulator-url,http://127.0.0.1"})
    void halfAConsoleIsRefused(String key, String value) {
        assertThatThrownBy(() -> check(Map.of(PREFIX + key, value))).hasMessageContaining(PREFIX + key);
    }

    @ParameterizedTest
    @CsvSource({
        "https://earshot.example,https://earshot.example",
        "https://Earshot.Example:443/,https://earshot.example",
        "http://earshot.example:80,http://earshot.example",
        "http://127.0.0.1:8080,http://127.0.0.1:8080",
        "https://earshot.example:80,https://earshot.example:80",
    })
    void anOriginIsWrittenAsBrowsersDo(URI url, String origin) {
        assertThat(PublicOrigin.of(url)).isEqualTo(origin);
    }

    @Test
    void aPolicyNamesWhatIsAddedAndNothingUnsafe() {
        String policy = PagePolicy.of(
                List.of("sha256-abc=", "sha256-def="),
                Optional.of("http://127.0.0.1:8085"),
                Optional.of("https://store.example"));

        assertThat(policy)
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-abc=' 'sha256-def=';"
                        + " img-src 'self' data:; connect-src 'self' http://127.0.0.1:8085 https://store.example;"
                        + " media-src 'self' blob: https://store.example; font-src 'none'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'; object-src 'none'");
    }

    private static void check(Map<String, String> values) {
        check(values, Optional.of("https://provider.example"));
    }

    private static void check(Map<String, String> values, Optional<String> provider) {
        SmallRyeConfig config = config(values);
        var unused = new ConsoleChecks(
                config.getConfigMapping(ConsoleConfig.class), config.getConfigMapping(PublicUrlConfig.class), provider);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(ConsoleConfig.class)
                .withMapping(PublicUrlConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withDefaultValue("earshot.public-url", "https://earshot.example")
                .withSources(new PropertiesConfigSource(values, "test", 200))
                .build();
    }
}
