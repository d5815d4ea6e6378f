package dev.earshot.gateway.playback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list in {@code If-Match} or {@code If-None-Match} (RFC 9110 sections 8.8.3, 13.1.1, 13.1.2).
 *
 * @param any the header is {@code *}
 * @param tags the entity tags as written, quotes and a weak one's {@code W/} included
 */
public record EntityTags(boolean any, List<String> tags) {
    private static final String WEAK = "W/";

    /** Copies the list. */
    public EntityTags {
        tags = List.copyOf(tags);
    }

    /** Reads the header; what is malformed matches nothing. Takes one step per character, whatever the header holds. */
    public static EntityTags parse(String header) {
        if (header.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        return new EntityTags(false, list(header).orElse(List.of()));
    }

    /** A comma may stand inside the quotes, and empty elements are allowed (section 5.6.1.2). */
    private static Optional<List<String>> list(String header) {
        List<String> tags = new ArrayList<>();
        boolean separated = true;
        int at = 0;
        while (at < header.length()) {
            char next = header.charAt(at);
            if (next == ',') {
                separated = true;
                at++;
            } else if (next == ' ' || next == '\t') {
                at++;
            } else {
                int end = separated ? endOfTag(header, at) : -1;
                if (end < 0) {
                    return Optional.empty();
                }
                tags.add(header.substring(at, end));
                separated = false;
                at = end;
            }
        }
        return Optional.of(tags);
    }

    /** Behind the closing quote of the tag that begins here; negative if none does. */
    private static int endOfTag(String header, int begin) {
        int at = header.startsWith(WEAK, begin) ? begin + WEAK.length() : begin;
        if (at >= header.length() || header.charAt(at) != '"') {
            return -1;
        }
        for (at++; at < header.length(); at++) {
            if (header.charAt(at) == '"') {
                return at + 1;
            }
            if (!isTagCharacter(header.charAt(at))) {
                return -1;
            }
        }
        return -1;
    }

    /** Any visible character but a quote, and any byte above ASCII. */
    private static boolean isTagCharacter(char each) {
        return each > 0x20 && each != 0x7F;
    }

    /** Strong comparison with our strong tag. */
    boolean matchStrongly(String strongTag) {
        return any || tags.contains(strongTag);
    }

    /** Weak comparison: the opaque part alone counts. */
    public boolean matchWeakly(String strongTag) {
        return matchStrongly(strongTag) || tags.contains(WEAK + strongTag);
    }
}
