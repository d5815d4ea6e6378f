package dev.earshot.gateway.access;

import dev.earshot.events.RecordingAccessed.Outcome;
import dev.earshot.events.RecordingAccessed.Range;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer to a request for audio, judged by what stands in its head and by how much of its body was handed over. Pure.
 *
 * @param range how much of the audio it is about
 * @param outcome what came of it
 * @param status HTTP's
 * @param bytesSent of its body
 */
record Answer(Range range, Outcome outcome, int status, long bytesSent) {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    /** One that has ended, in order or not. */
    static Answer written(HttpMethod method, int status, MultiMap headers, long bytesSent) {
        return switch (status) {
            case 200, 206 -> {
                boolean head = method.equals(HttpMethod.HEAD);
                boolean complete = head || bytesSent >= promised(headers);
                yield new Answer(
                        head ? Range.HEAD : range(status, headers),
                        complete ? Outcome.COMPLETE : Outcome.CUT_SHORT,
                        status,
                        bytesSent);
            }
            case 304 -> new Answer(Range.NONE, Outcome.NOT_MODIFIED, status, 0);
            case 301, 302, 303, 307, 308 -> new Answer(Range.NONE, Outcome.REDIRECTED, status, 0);
            default -> refused(status);
        };
    }

    /** One that is a problem document. */
    static Answer refused(int status) {
        return new Answer(Range.NONE, Outcome.REFUSED, status, 0);
    }

    /** Audio always has an exact length; an answer without one is never taken for complete. */
    private static long promised(MultiMap headers) {
        try {
            return Optional.ofNullable(headers.get(HttpHeaders.CONTENT_LENGTH))
                    .map(Long::parseLong)
                    .orElse(Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Range range(int status, MultiMap headers) {
        if (status == 200) {
            return Range.WHOLE;
        }
        Matcher part = CONTENT_RANGE.matcher(
                Optional.ofNullable(headers.get("Content-Range")).orElse(""));
        if (!part.matches()) {
            // RFC 9110 section 15.3.7.2: several parts name their ranges in the body alone.
            return Range.SEVERAL;
        }
        if (Long.parseLong(part.group(1)) > 0) {
            return Range.PART;
        }
        return Long.parseLong(part.group(2)) + 1 == Long.parseLong(part.group(3)) ? Range.WHOLE : Range.FIRST;
    }
}
