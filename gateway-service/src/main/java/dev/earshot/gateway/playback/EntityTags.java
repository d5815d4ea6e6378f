package dev.earshot.gateway.playback;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list in {@code If-Match} or {@code If-None-Match} (RFC 9110 sections 8.8.3, 13.1.1, 13.1.2).
 *
 * @param any the header is {@code *}
 * @param tags the entity tags as written, quotes and a weak one's {@code W/} included
 */
record EntityTags(boolean any, List<String> tags) {
    /** Any character but a quote and controls; a comma may stand inside the quotes. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"");

    private static final Pattern LIST =
            Pattern.compile("[\\s,]*" + TAG.pattern() + "(?:\\s*,[\\s,]*(?:" + TAG.pattern() + ")?)*\\s*");

    EntityTags {
        tags = List.copyOf(tags);
    }

    /** Reads the header; what is malformed matches nothing. */
    static EntityTags parse(String header) {
        if (header.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<String> tags = new ArrayList<>();
        if (LIST.matcher(header).matches()) {
            Matcher each = TAG.matcher(header);
            while (each.find()) {
                tags.add(each.group());
            }
        }
        return new EntityTags(false, tags);
    }

    /** Strong comparison with our strong tag. */
    boolean matchStrongly(String strongTag) {
        return any || tags.contains(strongTag);
    }

    /** Weak comparison: the opaque part alone counts. */
    boolean matchWeakly(String strongTag) {
        return matchStrongly(strongTag) || tags.contains("W/" + strongTag);
    }
}
