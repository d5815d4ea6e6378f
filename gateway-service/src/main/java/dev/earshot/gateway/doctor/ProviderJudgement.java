package dev.earshot.gateway.doctor;

import static dev.earshot.gateway.doctor.ProviderCheck.ISSUER;
import static dev.earshot.gateway.doctor.ProviderCheck.NAME;
import static dev.earshot.gateway.doctor.ProviderCheck.SERVER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.doctor.Finding;
import java.net.URI;
import java.util.Optional;

/**
 * What the provider's answers tell. Pure.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery 1.0, sections 4.2 and 4.3</a>
 */
final class ProviderJudgement {
    private static final JsonMapper MAPPER = new JsonMapper();
    /** Quarkus' word for: whoever. */
    private static final String ANY = "any";

    private final URI server;
    private final Optional<String> demanded;

    /** @param demanded {@code quarkus.oidc.token.issuer} */
    ProviderJudgement(URI server, Optional<String> demanded) {
        this.server = server;
        this.demanded = demanded;
    }

    /** What is wrong with its description of itself, if anything. */
    Optional<Finding> document(Asking.Answer answer) {
        if (isAway(answer)) {
            return Optional.of(away(answer));
        }
        JsonNode document = json(answer);
        if (answer.status() != 200
                || issuer(document).isEmpty()
                || keys(document).isEmpty()) {
            return Optional.of(Finding.error(
                    NAME,
                    "there is no OpenID provider at " + server + ": its discovery document is missing (status "
                            + answer.status() + ")",
                    "name the provider's issuer, the URL before /.well-known/openid-configuration",
                    SERVER));
        }
        return issuerFinding(issuer(document).orElse(""));
    }

    private Optional<Finding> issuerFinding(String issuer) {
        if (demanded.isPresent()) {
            return demanded.get().equals(ANY) || demanded.get().equals(issuer)
                    ? Optional.empty()
                    : Optional.of(Finding.error(
                            NAME,
                            "the provider at " + server + " issues tokens as " + issuer + ", and those of "
                                    + demanded.get() + " are demanded: every token is refused",
                            "demand the issuer that there is, or leave the key out",
                            ISSUER,
                            SERVER));
        }
        return issuer.replaceFirst("/+$", "").equals(server.toString())
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        NAME,
                        "the provider at " + server + " calls itself " + issuer,
                        "nothing, if that is its name outside of the cluster. Else name its issuer",
                        SERVER));
    }

    /** Only of a document with nothing wrong. */
    URI keysOf(Asking.Answer document) {
        return URI.create(keys(json(document)).orElse(""));
    }

    Finding keys(Asking.Answer answer) {
        if (isAway(answer)) {
            return away(answer);
        }
        if (answer.status() != 200 || json(answer).path("keys").isEmpty()) {
            return Finding.error(
                    NAME,
                    "the provider at " + server + " shows no keys to verify tokens with (status " + answer.status()
                            + ")",
                    "give it a key to sign with, or name the provider that has one",
                    SERVER);
        }
        return Finding.ok(NAME, server + " issues tokens, and shows the keys to verify them");
    }

    /** It is not well, or wants to be asked later: no configuration mends that. */
    private static boolean isAway(Asking.Answer answer) {
        return answer.status() >= 500 || answer.status() == 429 || answer.status() == 408;
    }

    private Finding away(Asking.Answer answer) {
        return Finding.unreachable(
                NAME,
                "the OpenID provider at " + server + " answers with status " + answer.status(),
                "look at its log",
                SERVER);
    }

    private static Optional<String> issuer(JsonNode document) {
        return Optional.of(document.path("issuer").asText("")).filter(text -> !text.isEmpty());
    }

    private static Optional<String> keys(JsonNode document) {
        return Optional.of(document.path("jwks_uri").asText("")).filter(text -> text.matches("https?://[^\\s/]+\\S*"));
    }

    private static JsonNode json(Asking.Answer answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }
}
