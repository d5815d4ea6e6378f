package dev.earshot.gateway.playback;

import dev.earshot.gateway.recording.Recording;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The template that file names are made from, for example <code>{startedAt}-{callSid}.{extension}</code>. Pure.
 *
 * <p>What is not known is left out together with the separator beside it. Whatever the template says, a name is one that
 * Windows, macOS and Linux all take: no path, no device, nothing invisible.
 */
final class FileNameTemplate {
    /** File systems take 255 bytes; a browser appends " (1)", and people add words of their own. */
    private static final int LONGEST_BYTES = 200;
    /** What a tenant, the longest of all values, may have. */
    private static final int LONGEST_TENANT = 64;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    /** Separators of paths, what Windows refuses, and what is not shown: a hidden change of direction fakes extensions. */
    private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\:*?\"<>|\\p{C}\\u2028\\u2029]");
    /** Stands for a value that is not known, until it is taken out; it is forbidden everywhere else. */
    private static final String UNKNOWN = "\0";

    private static final Pattern GAP = Pattern.compile("[-_. ]\0|\0[-_. ]?");
    private static final Pattern OUTER = Pattern.compile("^[. ]+|[. ]+$");
    /** Windows takes these for devices, whatever extension they have. */
    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    // Colons are forbidden on Windows, so none of these is ISO 8601 to the letter.
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH-mm-ss", Locale.ROOT);
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss", Locale.ROOT);

    private final String template;
    private final ZoneId zone;
    private final Map<String, Function<Named, String>> placeholders = Map.of(
            "startedAt", named -> time(named, DATE_TIME),
            "date", named -> time(named, DATE),
            "time", named -> time(named, TIME),
            "callSid", named -> named.recording().callSid().value(),
            "recordingSid", named -> named.recording().key().recordingSid().value(),
            "tenant", named -> named.recording().key().tenant().value(),
            "extension", named -> extension(named.contentType()));

    /** What is named. */
    private record Named(Recording recording, String contentType) {}

    /** @throws IllegalArgumentException if no good name can come of it; says why */
    FileNameTemplate(String template, ZoneId zone) {
        this.template = template;
        this.zone = zone;
        String literals = PLACEHOLDER.matcher(template).replaceAll(this::literalOnly);
        if (literals.contains("{") || literals.contains("}")) {
            throw new IllegalArgumentException("has a brace without its other one");
        }
        if (FORBIDDEN.matcher(literals).find()) {
            throw new IllegalArgumentException("has a character that file names cannot have");
        }
        if (template.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        if (longest(literals) > LONGEST_BYTES) {
            throw new IllegalArgumentException("makes names of more than " + LONGEST_BYTES + " bytes");
        }
    }

    private String literalOnly(MatchResult placeholder) {
        if (!placeholders.containsKey(placeholder.group(1))) {
            throw new IllegalArgumentException("has the unknown placeholder {" + placeholder.group(1) + "}; known are "
                    + placeholders.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return "";
    }

    private int longest(String literals) {
        long placeholdersUsed = PLACEHOLDER.matcher(template).results().count();
        long tenants = PLACEHOLDER
                .matcher(template)
                .results()
                .filter(p -> p.group(1).equals("tenant"))
                .count();
        int sid = "RE".length() + 32;
        return (int) (literals.getBytes(StandardCharsets.UTF_8).length
                + tenants * LONGEST_TENANT
                + (placeholdersUsed - tenants) * sid);
    }

    /** The name for one recording stored as a media type. */
    String name(Recording recording, String contentType) {
        Named named = new Named(recording, contentType);
        String filled = PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), named)));
        String closed = GAP.matcher(filled).replaceAll("");
        String trimmed = OUTER.matcher(closed).replaceAll("");
        String name = trimmed.isEmpty() ? recording.key().recordingSid().value() : trimmed;
        return DEVICE.matcher(name).matches() ? "_" + name : name;
    }

    private String value(String placeholder, Named named) {
        Function<Named, String> value = placeholders.get(placeholder);
        return value == null ? UNKNOWN : value.apply(named);
    }

    private String time(Named named, DateTimeFormatter format) {
        return named.recording()
                .facts()
                .startedAt()
                .map((Instant began) -> format.format(began.atZone(zone)))
                .orElse(UNKNOWN);
    }

    /** By the media types that are stored; of one that an operator allowed beside them, its own name. */
    static String extension(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return switch (type) {
            case "audio/mpeg", "audio/mp3" -> "mp3";
            case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "wav";
            case "audio/mp4", "audio/x-m4a" -> "m4a";
            default -> {
                String own = type.replaceFirst("^[^/]*/(?:x-)?", "").replaceAll("[^a-z0-9]", "");
                yield own.isEmpty() || own.length() > 10 ? "audio" : own;
            }
        };
    }
}
