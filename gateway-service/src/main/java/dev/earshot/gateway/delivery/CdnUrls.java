package dev.earshot.gateway.delivery;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs that a CDN checks at its edge: {@code …?expires=…&response-content-disposition=…&response-content-type=…&signature=…}. The
 * signature is the unpadded base64url of HMAC-SHA256 over everything from the path on and before {@code &signature}, byte for byte
 * as sent. Expiry is in seconds since 1970. Pure.
 */
final class CdnUrls {
    private static final String ALGORITHM = "HmacSHA256";

    private final String base;
    private final String basePath;
    private final SecretKeySpec key;

    CdnUrls(URI base, String signingKey) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        this.key = new SecretKeySpec(signingKey.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The path of an object; keys have no character that needs encoding. */
    String path(String objectKey) {
        return basePath + "/" + objectKey;
    }

    /** The URL of an object without a signature, as the CDN knows it. */
    String url(String objectKey) {
        return base + "/" + objectKey;
    }

    SignedUrl sign(Wanted wanted, Instant expires) {
        String query = "?expires=" + expires.getEpochSecond()
                + "&response-content-disposition=" + encoded(wanted.contentDisposition())
                + "&response-content-type=" + encoded(wanted.object().contentType());
        String objectKey = wanted.object().key();
        return new SignedUrl(url(objectKey) + query + "&signature=" + signature(path(objectKey) + query));
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }

    /** As RFC 3986 has it: a form's plus sign is no blank in a URL. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
