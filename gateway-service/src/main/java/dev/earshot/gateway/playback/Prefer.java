package dev.earshot.gateway.playback;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Prefer} header (RFC 7240), of which {@code wait} means something here. */
final class Prefer {
    /** Section 2: name, optional value, optional parameters; a name is case-insensitive. */
    private static final Pattern WAIT = Pattern.compile(
            "\\s*wait\\s*=\\s*(?:\"([0-9]{1,18})\"|([0-9]{1,18}))\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMED_WAIT = Pattern.compile("\\s*wait\\s*(?:[=;].*)?", Pattern.CASE_INSENSITIVE);

    private Prefer() {}

    /**
     * How long the answer may be held: the first {@code wait} counts (section 2), cut to {@code cap}. Empty if there is
     * none, or it is no number; a preference that is not understood is ignored, never refused.
     */
    static Optional<Duration> waitAtMost(List<String> headers, Duration cap) {
        for (String preference : String.join(",", headers).split(",", -1)) {
            if (NAMED_WAIT.matcher(preference).matches()) {
                Matcher wait = WAIT.matcher(preference);
                if (!wait.matches()) {
                    return Optional.empty();
                }
                String seconds = wait.group(1) == null ? wait.group(2) : wait.group(1);
                return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(seconds), cap.toSeconds())));
            }
        }
        return Optional.empty();
    }
}
