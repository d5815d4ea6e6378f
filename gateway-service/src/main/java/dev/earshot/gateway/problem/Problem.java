package dev.earshot.gateway.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ends a request with a row of the table. Carries what is added to the row: a public detail, headers, members. It has no
 * stack trace, since it is an answer and not an accident.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** A member of every document; the row's, unless one that is added says otherwise. */
    static final String RETRYABLE = "retryable";

    private final ProblemType type;
    private final transient Optional<String> detail;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> members;

    private Problem(
            ProblemType type, Optional<String> detail, Map<String, String> headers, Map<String, Object> members) {
        super(type.code() + detail.map(text -> ": " + text).orElse(""), null, false, false);
        this.type = type;
        this.detail = detail;
        this.headers = headers;
        this.members = members;
    }

    /** The bare row. */
    public static Problem of(ProblemType type) {
        return new Problem(type, Optional.empty(), Map.of(), Map.of());
    }

    /** The row with a text that the caller may read. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, Optional.of(detail), Map.of(), Map.of());
    }

    /** The same with a {@code Retry-After} of at least one second, rounded up (RFC 9110 section 10.2.3). */
    public Problem retryAfter(Duration wait) {
        long millis = Math.max(1, wait.toMillis());
        return header("Retry-After", Long.toString((millis + 999) / 1000));
    }

    /** The same with one more header. */
    public Problem header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(type, detail, more, members);
    }

    /** The same with one more member in the document. */
    public Problem member(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(type, detail, headers, more);
    }

    /** The same, which may succeed later by itself although the row does not say so. */
    public Problem retryable() {
        return member(RETRYABLE, true);
    }

    /** The row. */
    public ProblemType type() {
        return type;
    }

    Optional<String> detail() {
        return detail;
    }

    /** What the answer's header shall hold. */
    public Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> members() {
        return members;
    }
}
