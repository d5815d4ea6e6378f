package dev.earshot.gateway.playback;

import dev.earshot.gateway.http.HttpDate;
import java.time.Instant;
import java.util.Optional;

/**
 * The conditions of a GET or HEAD, evaluated in the order of RFC 9110 section 13.2.2.
 *
 * @param ifMatch the header of that name
 * @param ifUnmodifiedSince the header of that name
 * @param ifNoneMatch the header of that name
 * @param ifModifiedSince the header of that name
 * @param ifRange the header of that name
 */
record Conditions(
        Optional<String> ifMatch,
        Optional<String> ifUnmodifiedSince,
        Optional<String> ifNoneMatch,
        Optional<String> ifModifiedSince,
        Optional<String> ifRange) {

    /** What they come to. */
    enum Verdict {
        /** Go on, and a range may be honoured. */
        PROCEED,
        /** Go on, but send everything: {@code If-Range} names another version. */
        PROCEED_WHOLE,
        /** 304. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    /**
     * @param etag our strong entity tag, with its quotes
     * @param lastModified ours, in whole seconds
     * @param now to read two-digit years by
     */
    Verdict evaluate(String etag, Instant lastModified, Instant now) {
        if (!stillTheSame(etag, lastModified, now)) {
            return Verdict.FAILED;
        }
        if (alreadyThere(etag, lastModified, now)) {
            return Verdict.NOT_MODIFIED;
        }
        return rangeMayApply(etag, lastModified, now) ? Verdict.PROCEED : Verdict.PROCEED_WHOLE;
    }

    /** Steps 1 and 2. A date that is none is ignored (section 13.1.4). */
    private boolean stillTheSame(String etag, Instant lastModified, Instant now) {
        if (ifMatch.isPresent()) {
            return EntityTags.parse(ifMatch.get()).matchStrongly(etag);
        }
        return ifUnmodifiedSince
                .flatMap(text -> HttpDate.parse(text, now))
                .map(date -> !lastModified.isAfter(date))
                .orElse(true);
    }

    /** Steps 3 and 4. */
    private boolean alreadyThere(String etag, Instant lastModified, Instant now) {
        if (ifNoneMatch.isPresent()) {
            return EntityTags.parse(ifNoneMatch.get()).matchWeakly(etag);
        }
        return ifModifiedSince
                .flatMap(text -> HttpDate.parse(text, now))
                .map(date -> !lastModified.isAfter(date))
                .orElse(false);
    }

    /**
     * Step 5: a strong tag or the exact date (section 13.1.5). Our date is a strong validator: a generation's bytes
     * never change, and two generations are not made within one second.
     */
    private boolean rangeMayApply(String etag, Instant lastModified, Instant now) {
        if (ifRange.isEmpty()) {
            return true;
        }
        String value = ifRange.get().strip();
        if (value.startsWith("\"") || value.startsWith("W/")) {
            return value.equals(etag);
        }
        return HttpDate.parse(value, now).map(lastModified::equals).orElse(false);
    }
}
