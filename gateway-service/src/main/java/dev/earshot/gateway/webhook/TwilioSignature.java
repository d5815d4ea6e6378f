package dev.earshot.gateway.webhook;

import com.twilio.security.RequestValidator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether Twilio signed a request ({@code X-Twilio-Signature}).
 *
 * <p>The SDK's {@link RequestValidator} decides. It re-writes the URL by decoding its query, and takes one value for
 * each name; so the same HMAC is also computed over the URL exactly as it is, with every value of a repeated name, sorted
 * and each once, as Twilio's other SDKs do. Both need the auth token, so accepting either weakens nothing.
 *
 * <p>A check takes some microseconds of HMAC-SHA1 and may run on an event loop.
 *
 * @see <a href="https://www.twilio.com/docs/usage/security#validating-requests">Twilio: validating requests</a>
 */
final class TwilioSignature {
    /** Checked for an unknown account, so that its refusal takes as long as another's. */
    private static final List<String> NOBODYS = List.of("no account has this auth token");

    private TwilioSignature() {}

    /** @param tokens the account's auth tokens; none for an unknown account, which never verifies */
    static boolean verifies(SignedRequest request, List<String> tokens) {
        boolean signed = false;
        for (String token : tokens.isEmpty() ? NOBODYS : tokens) {
            signed |= signedWith(token, request);
        }
        return signed && !tokens.isEmpty() && bodyIsTheSignedOne(request);
    }

    private static boolean signedWith(String token, SignedRequest request) {
        String signature = request.signature().orElse("");
        Map<String, List<String>> form = request.form();
        return bySdk(token, request.url(), form, signature)
                || urls(request.url()).anyMatch(url -> same(hmac(token, url + text(form)), signature));
    }

    private static boolean bySdk(String token, String url, Map<String, List<String>> form, String signature) {
        if (form.values().stream().anyMatch(values -> values.size() > 1)) {
            return false;
        }
        Map<String, String> single = new TreeMap<>();
        form.forEach((name, values) -> single.put(name, values.get(0)));
        try {
            return new RequestValidator(token).validate(url, single, signature);
        } catch (RuntimeException e) {
            // It gives up on a URL that it cannot take apart; ours below takes none apart.
            return false;
        }
    }

    /** With a JSON body the query names its hash, and the signature covers the query. */
    private static boolean bodyIsTheSignedOne(SignedRequest request) {
        if (!request.json()) {
            return true;
        }
        Optional<String> claimed = request.query("bodySHA256");
        return claimed.isPresent() && same(sha256(request.body()), claimed.get().toLowerCase(Locale.ROOT));
    }

    /** As configured, and with the scheme's own port added or left out: Twilio has done both. */
    private static Stream<String> urls(String url) {
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException e) {
            return Stream.of(url);
        }
        String own = "https".equals(parsed.getScheme()) ? ":443" : ":80";
        String authority = parsed.getRawAuthority();
        if (authority == null) {
            return Stream.of(url);
        }
        String other = authority.endsWith(own)
                ? authority.substring(0, authority.length() - own.length())
                : parsed.getPort() < 0 ? authority + own : authority;
        return Stream.of(url, url.replaceFirst(java.util.regex.Pattern.quote(authority), other));
    }

    private static String text(Map<String, List<String>> form) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, values) ->
                new TreeSet<>(values).forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    static String hmac(String token, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA1", e);
        }
    }

    private static String sha256(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
