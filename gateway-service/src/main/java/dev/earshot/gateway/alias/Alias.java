package dev.earshot.gateway.alias;

import dev.earshot.gateway.http.AudioRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One alias: which paths it takes, and what they stand for. Pure. */
final class Alias {
    /** Whichever stands there, recording and call SIDs are both understood, as on the route itself. */
    private static final Set<String> PLACEHOLDERS = Set.of("{sid}", "{callSid}", "{recordingSid}");
    /** RFC 3986's unreserved characters: they are the same in every client's spelling. */
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");

    private static final String SAMPLE = "RE0123456789abcdef0123456789abcdef";

    private final String template;
    private final Pattern pattern;
    private final AudioRoute route;
    private final int notReadyStatus;

    /** @throws IllegalArgumentException if the path or the status cannot be; says which of the two and why */
    Alias(String template, AudioRoute route, int notReadyStatus) {
        this.template = template;
        this.pattern = pattern(template);
        this.route = route;
        this.notReadyStatus = notReadyStatus;
        if (notReadyStatus != 202 && notReadyStatus != 404) {
            throw new IllegalArgumentException("not-ready-status must be 202 or 404");
        }
    }

    private static Pattern pattern(String template) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a slash");
        }
        List<String> parts = new ArrayList<>();
        int placeholders = 0;
        for (String segment : template.substring(1).split("/", -1)) {
            if (PLACEHOLDERS.contains(segment)) {
                placeholders++;
                parts.add("([^/]+)");
            } else if (segment.startsWith("{")) {
                throw new IllegalArgumentException(
                        "path has the unknown placeholder " + segment + "; known are {callSid}, {recordingSid}, {sid}");
            } else if (LITERAL.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..")) {
                parts.add(Pattern.quote(segment));
            } else {
                throw new IllegalArgumentException("path has the segment '" + segment
                        + "', which is neither a placeholder nor of letters, digits and . _ ~ -");
            }
        }
        if (placeholders != 1) {
            throw new IllegalArgumentException("path must have one of {callSid}, {recordingSid} and {sid}, once");
        }
        return Pattern.compile("/" + String.join("/", parts));
    }

    /** Where a path leads, if it is one of this alias. */
    Optional<String> target(String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.matches() ? Optional.of(route.path(matcher.group(1))) : Optional.empty();
    }

    /** A path that it is for. */
    String sample() {
        String sample = template;
        for (String placeholder : PLACEHOLDERS) {
            sample = sample.replace(placeholder, SAMPLE);
        }
        return sample;
    }

    /** The path as configured, for metrics: it names no recording. */
    String template() {
        return template;
    }

    /** 202 or 404. */
    int notReadyStatus() {
        return notReadyStatus;
    }
}
