package dev.earshot.gateway.http;

import dev.earshot.gateway.problem.AllowedMethods;
import dev.earshot.gateway.recording.Sid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which route a path is of: by the table that names requests in metrics, and those of the API that have no variable. */
final class RouteTable {
    private static final String SID = "{sid}";

    private final Map<Pattern, String> templates = new LinkedHashMap<>();

    /** @param patterns each a regular expression, {@code =} and the template of the paths that match it */
    RouteTable(List<String> patterns) {
        patterns.forEach(each -> {
            int equals = each.lastIndexOf('=');
            templates.put(Pattern.compile(each.substring(0, equals)), each.substring(equals + 1));
        });
    }

    /** Empty for what is none of ours, which might be anything that somebody typed. */
    Optional<String> template(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
        return templates.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> Optional.of(path).filter(AllowedMethods::isOurs));
    }

    /** The SID in a path of this template, if it is one: what else stands there may be a person's number. */
    static Optional<Sid> sid(String template, String path) {
        int at = List.of(template.split("/")).indexOf(SID);
        String[] segments = path.split("/");
        return at < 0 || at >= segments.length ? Optional.empty() : Sid.parse(segments[at]);
    }

    /** Whether the path has no variable but a valid SID, or none at all. */
    static boolean isHarmless(String template, String path) {
        return !template.contains("{") || sid(template, path).isPresent();
    }
}
