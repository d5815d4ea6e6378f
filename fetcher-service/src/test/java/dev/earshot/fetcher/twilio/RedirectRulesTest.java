package dev.earshot.fetcher.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.fetcher.failure.TroubleException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectRulesTest {
    private static final URI BASE = URI.create("https://api.twilio.com");
    private static final URI FROM = URI.create("https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3?x=1");

    private final RedirectRules rules =
            new RedirectRules(List.of("media.example.com", "*.s3.amazonaws.com", "cdn.example.com:8443"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://media.example.com/a",
                "https://MEDIA.example.com:9443/a",
                "https://bucket.s3.amazonaws.com/a?X-Amz-Signature=1",
                "https://cdn.example.com:8443/a",
                "//media.example.com/a",
                "/other/path",
                "https://api.twilio.com/other"
            })
    void anAllowedHostIsFollowed(String location) {
        assertThat(rules.follow(BASE, FROM, location)).hasScheme("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/",
                "https://media.example.com.evil.org/",
                "https://s3.amazonaws.com.evil.org/",
                "https://s3.amazonaws.com/",
                "https://cdn.example.com/",
                "http://media.example.com/a",
                "http://api.twilio.com/a",
                "https://media.example.com@evil.org/",
                "https://user@media.example.com/",
                "https://api.twilio.com:8443/",
                "http://169.254.169.254/latest/meta-data/",
                "https://127.0.0.1/",
                "file:///etc/passwd",
                "javascript:1",
                "https://",
                "https://media example.com/",
                " ",
                ""
            })
    void anythingElseIsRefused(String location) {
        assertThatThrownBy(() -> rules.follow(BASE, FROM, location)).isInstanceOf(TroubleException.class);
    }

    @Test
    void noLocationIsRefused() {
        assertThatThrownBy(() -> rules.follow(BASE, FROM, null)).isInstanceOf(TroubleException.class);
    }

    @Test
    void plainHttpIsForALocalTwilioOnly() {
        URI local = URI.create("http://127.0.0.1:8084");

        URI to = new RedirectRules(List.of("localhost")).follow(local, local.resolve("/x"), "http://localhost:8085/y");

        assertThat(to).isEqualTo(URI.create("http://localhost:8085/y"));
    }

    @Test
    void theRefusalNamesTheHostAndTheKeyButNotTheUrl() {
        assertThatThrownBy(() -> rules.follow(BASE, FROM, "https://evil.example.com/secret?token=1"))
                .hasMessageContaining("evil.example.com")
                .hasMessageContaining("earshot.fetch.redirect-hosts")
                .message()
                .doesNotContain("secret");
    }
}
