package dev.earshot.gateway.info;

import dev.earshot.events.CallSid;
import dev.earshot.events.FailureReason;
import dev.earshot.gateway.http.Told;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.PageQuery;
import dev.earshot.gateway.recording.PageQuery.Filter;
import dev.earshot.gateway.recording.PageQuery.Position;
import dev.earshot.gateway.recording.PageQuery.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The parameters of a page, read strictly, and written as the next page's. */
final class PageParameters {
    private static final List<String> KNOWN = List.of("callSid", "state", "reason", "from", "to", "limit", "cursor");
    /** Of the others no fetch has failed, or it does not count any more. */
    private static final Set<State> WITH_REASON = EnumSet.of(State.FAILED, State.WAITING);
    /** What four digits of a year can say: more is a mistake, and more than the database can compare. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Map<String, List<String>> told;
    private final PagesConfig config;

    private PageParameters(Map<String, List<String>> told, PagesConfig config) {
        this.told = told;
        this.config = config;
    }

    /**
     * @param told each parameter with its values, decoded
     * @throws Problem 400 {@code invalid-request}, naming the parameter
     */
    static PageQuery parse(Map<String, List<String>> told, PagesConfig config) {
        told.forEach(PageParameters::requireKnownOnce);
        return new PageParameters(told, config).query();
    }

    private static void requireKnownOnce(String name, List<String> values) {
        if (!KNOWN.contains(name)) {
            throw invalid(
                    "there is an unknown parameter " + Told.shown(name) + "; known are " + String.join(", ", KNOWN));
        }
        if (values.size() > 1) {
            throw invalid(name + " comes twice");
        }
    }

    private PageQuery query() {
        Filter filter = new Filter(callSid(), state(), reason(), time("from"), time("to"));
        if (filter.reason().isPresent()
                && !filter.state().filter(WITH_REASON::contains).isPresent()) {
            throw invalid("reason needs state=failed or state=waiting beside it");
        }
        if (filter.from().isPresent()
                && filter.to().isPresent()
                && !filter.from().get().isBefore(filter.to().get())) {
            throw invalid("from must lie before to");
        }
        return new PageQuery(filter, position(filter), limit());
    }

    private Optional<CallSid> callSid() {
        return value("callSid").map(text -> {
            if (!CallSid.isValid(text)) {
                throw invalid("callSid must be CA and 32 hexadecimal digits");
            }
            return new CallSid(text);
        });
    }

    private Optional<State> state() {
        return value("state")
                .map(text -> State.parse(text)
                        .orElseThrow(() -> invalid("state must be one of "
                                + Arrays.stream(State.values())
                                        .map(State::wireName)
                                        .collect(Collectors.joining(", ")))));
    }

    private Optional<FailureReason> reason() {
        return value("reason")
                .map(text -> Arrays.stream(FailureReason.values())
                        .filter(reason -> reason.code().equals(text))
                        .findFirst()
                        .orElseThrow(() -> invalid("reason must be one of "
                                + Arrays.stream(FailureReason.values())
                                        .map(FailureReason::code)
                                        .collect(Collectors.joining(", ")))));
    }

    private Optional<Instant> time(String name) {
        return value(name).map(text -> {
            try {
                Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
                if (isPossible(time)) {
                    return time;
                }
            } catch (DateTimeException e) {
                // Said below.
            }
            throw invalid(name + " must be a time such as 2026-01-31T12:00:00Z");
        });
    }

    static boolean isPossible(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    private int limit() {
        return value("limit")
                .map(text -> {
                    // No sign, no blanks, no leading zero, and short enough for an int.
                    int limit = text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
                    if (limit < 1 || limit > config.maxLimit()) {
                        throw invalid("limit must be a whole number from 1 to " + config.maxLimit());
                    }
                    return limit;
                })
                .orElse(config.defaultLimit());
    }

    private Optional<Position> position(Filter filter) {
        return value("cursor").map(text -> switch (Cursor.read(filter, text)) {
            case Cursor.Read.Of of -> of.position();
            case Cursor.Read.OfOtherFilter other ->
                throw invalid("cursor belongs to a request with other filters; repeat them or leave it out");
            case Cursor.Read.Malformed malformed -> throw invalid("cursor must be one that an answer's next holds");
        });
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(told.get(name)).map(List::getFirst);
    }

    /** The filter as a query string without its question mark; nothing in it needs to be encoded. */
    static String query(Filter filter) {
        StringJoiner query = new StringJoiner("&");
        filter.callSid().ifPresent(sid -> query.add("callSid=" + sid.value()));
        filter.state().ifPresent(state -> query.add("state=" + state.wireName()));
        filter.reason().ifPresent(reason -> query.add("reason=" + reason.code()));
        filter.from().ifPresent(from -> query.add("from=" + from));
        filter.to().ifPresent(to -> query.add("to=" + to));
        return query.toString();
    }

    /** The path and query of the page after this position. */
    static String next(PageQuery query, Position last) {
        String filter = query(query.filter());
        return "/api/recordings?" + (filter.isEmpty() ? "" : filter + "&") + "limit=" + query.atMost() + "&cursor="
                + Cursor.write(query.filter(), last);
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }
}
