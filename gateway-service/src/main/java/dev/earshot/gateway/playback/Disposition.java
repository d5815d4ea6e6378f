package dev.earshot.gateway.playback;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Values of {@code Content-Disposition} (RFC 6266). */
final class Disposition {
    /** For players. */
    static final String INLINE = "inline";

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    /** Not ASCII; would end or escape the quoted string; some clients decode percents there (RFC 6266 appendix D). */
    private static final Pattern UNFIT = Pattern.compile("[^\\x20-\\x7e]|[\"\\\\%]");
    /** RFC 8187 section 3.2.1, attr-char, beside letters and digits. */
    private static final String ATTR_CHARS = "!#$&+-.^_`|~";

    private Disposition() {}

    /** Saved under a name: once for everybody in ASCII, once as it is. */
    static String attachment(String name) {
        return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + extended(name);
    }

    /** The name without its accents, and an underscore for what is still not ASCII. */
    private static String ascii(String name) {
        String plain = ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("");
        return UNFIT.matcher(plain).replaceAll("_");
    }

    private static String extended(String name) {
        StringBuilder text = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (alphanumeric || ATTR_CHARS.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", (int) c));
            }
        }
        return text.toString();
    }
}
