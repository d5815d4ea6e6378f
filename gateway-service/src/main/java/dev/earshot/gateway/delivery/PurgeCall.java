package dev.earshot.gateway.delivery;

import dev.earshot.events.RecordingKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One call that makes the CDN forget something. Pure.
 *
 * @param url absolute
 * @param body what to send, if anything
 */
record PurgeCall(String url, Optional<String> body) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
    private static final Set<String> OF_AN_OBJECT = Set.of("path", "url");
    private static final Set<String> KNOWN = Set.of("path", "url", "prefix");

    /** May tell what only the CDN should know. */
    @Override
    public String toString() {
        return "PurgeCall";
    }

    /** @throws IllegalArgumentException if the template names something else than path, url and prefix */
    static void check(String template) {
        PLACEHOLDER.matcher(template).results().map(found -> found.group(1)).forEach(name -> {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "has the unknown placeholder {" + name + "}; known are path, prefix, url");
            }
        });
    }

    /**
     * All calls for one recording.
     *
     * @param url the template of what to call
     * @param body the template of what to send
     * @param generations every generation up to this one may have been served
     */
    static List<PurgeCall> of(String url, Optional<String> body, CdnUrls cdn, RecordingKey key, int generations) {
        if (!namesObjects(url) && !body.map(PurgeCall::namesObjects).orElse(false)) {
            return List.of(call(url, body, Map.of("prefix", cdn.path(key.objectPrefix()))));
        }
        return IntStream.rangeClosed(1, generations)
                .mapToObj(generation -> call(
                        url,
                        body,
                        Map.of(
                                "prefix", cdn.path(key.objectPrefix()),
                                "path", cdn.path(key.objectKey(generation)),
                                "url", cdn.url(key.objectKey(generation)))))
                .toList();
    }

    private static boolean namesObjects(String template) {
        return PLACEHOLDER.matcher(template).results().anyMatch(found -> OF_AN_OBJECT.contains(found.group(1)));
    }

    private static PurgeCall call(String url, Optional<String> body, Map<String, String> values) {
        return new PurgeCall(filled(url, values), body.map(text -> filled(text, values)));
    }

    private static String filled(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
