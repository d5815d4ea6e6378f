package dev.earshot.gateway.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.PageQuery;
import dev.earshot.gateway.recording.PageQuery.Position;
import dev.earshot.gateway.recording.PageQuery.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageParametersTest {
    private static final String CALL = "CA" + "1".repeat(32);
    private static final PagesConfig CONFIG = new PagesConfig() {
        @Override
        public int defaultLimit() {
            return 50;
        }

        @Override
        public int maxLimit() {
            return 200;
        }
    };

    private static PageQuery parse(String query) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            told.computeIfAbsent(parameter.substring(0, equals), name -> new ArrayList<>())
                    .add(parameter.substring(equals + 1));
        }
        return PageParameters.parse(told, CONFIG);
    }

    @Test
    void nothingMeansTheFirstPageOfEverything() {
        PageQuery query = parse("");

        assertThat(query.atMost()).isEqualTo(50);
        assertThat(query.after()).isEmpty();
        assertThat(PageParameters.query(query.filter())).isEmpty();
    }

    @Test
    void everythingIsRead() {
        PageQuery query = parse("callSid=" + CALL
                + "&state=failed&from=2026-01-01T01:00:00+01:00&to=2026-02-01T00:00:00.1234567Z&limit=200");

        assertThat(query.filter().callSid()).contains(new CallSid(CALL));
        assertThat(query.filter().state()).contains(State.FAILED);
        assertThat(query.filter().from()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(query.filter().to()).contains(Instant.parse("2026-02-01T00:00:00.123456Z"));
        assertThat(query.atMost()).isEqualTo(200);
    }

    @Test
    void theNextPageAsksForTheSameAndGoesOn() {
        PageQuery query = parse("state=ready&from=2026-01-01T00:00:00Z&limit=7");
        Position last = new Position(Instant.parse("2026-01-02T00:00:00Z"), new RecordingSid("RE" + "2".repeat(32)));

        String next = PageParameters.next(query, last);

        assertThat(next).startsWith("/api/recordings?state=ready&from=2026-01-01T00:00:00Z&limit=7&cursor=");
        PageQuery read = parse(next.substring(next.indexOf('?') + 1));
        assertThat(read.filter()).isEqualTo(query.filter());
        assertThat(read.atMost()).isEqualTo(7);
        assertThat(read.after()).contains(last);
    }

    @Test
    void aCursorIsOfNoUseWithOtherFilters() {
        PageQuery query = parse("state=ready");
        String cursor =
                Cursor.write(query.filter(), new Position(Instant.EPOCH, new RecordingSid("RE" + "2".repeat(32))));

        assertThatThrownBy(() -> parse("state=failed&cursor=" + cursor)).hasMessageContaining("cursor belongs");
        assertThatThrownBy(() -> parse("cursor=" + cursor)).hasMessageContaining("cursor belongs");
        assertThat(parse("state=ready&limit=3&cursor=" + cursor).after()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "callsid=x                                    | unknown parameter callsid",
                "tenant=globex                                | unknown parameter tenant",
                "callSid=                                     | callSid must be",
                "callSid=RE11111111111111111111111111111111   | callSid must be",
                "state=                                       | state must be one of registered",
                "state=READY                                  | state must be one of",
                "state=deleted                                | state must be one of",
                "state=ready,failed                           | state must be one of",
                "state=ready&state=ready                      | state comes twice",
                "from=2026-01-01                              | from must be a time",
                "from=                                        | from must be a time",
                "from=2026-01-01T00:00:00                     | from must be a time",
                "from=+999999999-12-31T00:00:00Z              | from must be a time",
                "to=-0001-12-31T00:00:00Z                     | to must be a time",
                "to=2026-02-30T00:00:00Z                      | to must be a time",
                "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z | from must lie before to",
                "limit=0                                      | limit must be",
                "limit=201                                    | limit must be",
                "limit=-1                                     | limit must be",
                "limit=+1                                     | limit must be",
                "limit=1e1                                    | limit must be",
                "limit=99999999999                            | limit must be",
                "limit=                                       | limit must be",
                "cursor=                                      | cursor must be",
                "cursor=abc                                   | cursor must be"
            })
    void whatIsWrongIsNamed(String query, String said) {
        assertThatThrownBy(() -> parse(query))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST))
                .hasMessageContaining(said);
    }
}
