package dev.earshot.gateway.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Misconfigured;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Whether the OpenID provider is where it is said to be, and its tokens would be taken. */
final class ProviderCheck {
    static final String NAME = "openid";
    static final String SERVER = "quarkus.oidc.auth-server-url";
    static final String ISSUER = "quarkus.oidc.token.issuer";

    private ProviderCheck() {}

    static Check of(Settings settings, Wanted wanted) {
        return new Check(NAME, List.of(SERVER), () -> {
            URI server = url(settings.text(SERVER).replaceFirst("/+$", ""));
            Optional<String> issuer = settings.optional(ISSUER);
            try (Asking asking = new Asking(wanted.patience())) {
                ProviderJudgement judgement = new ProviderJudgement(server, issuer);
                Asking.Answer document = asking.get(URI.create(server + "/.well-known/openid-configuration"));
                Optional<Finding> wrong = judgement.document(document);
                if (wrong.isPresent()) {
                    return List.of(wrong.get());
                }
                return List.of(judgement.keys(asking.get(judgement.keysOf(document))));
            } catch (IOException e) {
                return List.of(Finding.unreachable(
                        NAME,
                        "no OpenID provider answers at " + server + " ("
                                + e.getClass().getSimpleName() + ")",
                        "look whether it runs, and whether this is its address",
                        SERVER));
            }
        });
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same as a URL without a host.
        }
        throw new Misconfigured(SERVER + " must be the URL of an OpenID provider", List.of(SERVER));
    }
}
