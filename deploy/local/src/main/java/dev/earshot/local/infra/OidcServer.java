package dev.earshot.local.infra;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jspecify.annotations.Nullable;

/** An OpenID provider (discovery, keys, code flow) that also issues tokens with any claims on request. For local use and tests only. */
public final class OidcServer implements AutoCloseable {
    private static final String ISSUER = "earshot";
    private static final String CLIENT_ID = "earshot-local";

    private final MockOAuth2Server server;

    private OidcServer(MockOAuth2Server server) {
        this.server = server;
    }

    /** @param signInPage where the page with the demo users is put: the library reads it from a file */
    public static OidcServer start(int port, Path signInPage) throws IOException {
        try (InputStream page = OidcServer.class.getResourceAsStream("/sign-in.html")) {
            Files.createDirectories(signInPage.toAbsolutePath().getParent());
            Files.write(signInPage, Objects.requireNonNull(page).readAllBytes());
        }
        MockOAuth2Server server = new MockOAuth2Server(new OAuth2Config(
                true, signInPage.toString(), null, false, new OAuth2TokenProvider(), Set.of(), new OidcHttpServer()));
        server.start(InetAddress.getLoopbackAddress(), port);
        return new OidcServer(server);
    }

    public String issuer() {
        return server.issuerUrl(ISSUER).toString();
    }

    /** What a token shall say. A claim given in {@code claims} wins over the named fields. */
    public record TokenRequest(
            @Nullable String tenant,
            List<String> roles,
            String subject,
            String audience,
            Duration lifetime,
            Map<String, Object> claims) {
        public TokenRequest {
            roles = List.copyOf(roles);
            claims = Map.copyOf(claims);
        }
    }

    public String issue(TokenRequest request) {
        Map<String, Object> claims = new HashMap<>();
        if (request.tenant() != null) {
            claims.put("tenant", request.tenant());
        }
        claims.put("roles", request.roles());
        claims.putAll(request.claims());
        DefaultOAuth2TokenCallback content = new DefaultOAuth2TokenCallback(
                ISSUER,
                request.subject(),
                "JWT",
                List.of(request.audience()),
                claims,
                request.lifetime().toSeconds());
        return server.issueToken(ISSUER, CLIENT_ID, content).serialize();
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
