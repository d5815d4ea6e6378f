package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.playback.Conditions.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 13.2.2 as a table. Columns: If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since, If-Range. */
class ConditionsTest {
    private static final String ETAG = "\"abc\"";
    private static final Instant MODIFIED = Instant.parse("2026-03-04T05:06:07Z");
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    @ParameterizedTest(name = "{5}: {0} | {1} | {2} | {3} | {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "||||| PROCEED",
                "'\"abc\"'||||| PROCEED",
                "*||||| PROCEED",
                "'\"x\", \"abc\"'||||| PROCEED",
                "'\"x\"'||||| FAILED",
                "'W/\"abc\"'||||| FAILED",
                "'abc'||||| FAILED",
                "|Wed, 04 Mar 2026 05:06:07 GMT|||| PROCEED",
                "|Wed, 04 Mar 2026 05:06:06 GMT|||| FAILED",
                "|Wednesday, 04-Mar-26 05:06:06 GMT|||| FAILED",
                "|Wed Mar  4 05:06:06 2026|||| FAILED",
                "|no date|||| PROCEED",
                "'\"abc\"'|Wed, 04 Mar 2020 05:06:06 GMT|||| PROCEED",
                "||'\"abc\"'||| NOT_MODIFIED",
                "||'W/\"abc\"'||| NOT_MODIFIED",
                "||*||| NOT_MODIFIED",
                "||'\"a,b\", \"abc\"'||| NOT_MODIFIED",
                "||'\"x\"'||| PROCEED",
                "||'\"x\"'|Wed, 04 Mar 2026 05:06:07 GMT|| PROCEED",
                "|||Wed, 04 Mar 2026 05:06:07 GMT|| NOT_MODIFIED",
                "|||Wed, 04 Mar 2026 05:06:08 GMT|| NOT_MODIFIED",
                "|||Wed, 04 Mar 2026 05:06:06 GMT|| PROCEED",
                "|||Wednesday, 04-Mar-26 05:06:07 GMT|| NOT_MODIFIED",
                "|||Wed Mar  4 05:06:07 2026|| NOT_MODIFIED",
                "|||Friday, 04-Mar-77 05:06:07 GMT|| PROCEED",
                "|||yesterday|| PROCEED",
                "|||Thu, 05 Mar 2026 05:06:07 GMT|| NOT_MODIFIED",
                "|||Wed, 05 Mar 2026 05:06:07 GMT|| PROCEED",
                "|||Tue, 31 Nov 2026 05:06:07 GMT|| PROCEED",
                "|||Wed, 04 Mar 2026 05:06:07 UTC|| PROCEED",
                "|||Wed, 4 Mar 2026 05:06:07 GMT|| PROCEED",
                "|||Wed, 04 Mar 2026 05:06:07 GMT, Wed, 04 Mar 2026 05:06:07 GMT|| PROCEED",
                "|Wed, 04 Mar 2020 05:06:07 GMT, Wed, 04 Mar 2020 05:06:07 GMT|||| PROCEED",
                "||||'\"abc\", \"abc\"'| PROCEED_WHOLE",
                "||'*, \"abc\"'||| PROCEED",
                "||',, \"abc\" ,,'||| NOT_MODIFIED",
                "||'\"x\" \"abc\"'||| PROCEED",
                "||'\"abc'||| PROCEED",
                "||'w/\"abc\"'||| PROCEED",
                "||'\"a bc\", \"abc\"'||| PROCEED",
                "||''||| PROCEED",
                "''||||| FAILED",
                "'\"x\"'||'\"abc\"'||| FAILED",
                "||||'\"abc\"'| PROCEED",
                "||||'\"x\"'| PROCEED_WHOLE",
                "||||'W/\"abc\"'| PROCEED_WHOLE",
                "||||Wed, 04 Mar 2026 05:06:07 GMT| PROCEED",
                "||||Wed, 04 Mar 2026 05:06:08 GMT| PROCEED_WHOLE",
                "||||Wed, 04 Mar 2026 05:06:06 GMT| PROCEED_WHOLE",
                "||||nonsense| PROCEED_WHOLE",
                "||'\"abc\"'||'\"x\"'| NOT_MODIFIED"
            })
    void precedence(String match, String unmodified, String noneMatch, String modified, String range, Verdict verdict) {
        Conditions conditions = new Conditions(of(match), of(unmodified), of(noneMatch), of(modified), of(range));

        assertThat(conditions.evaluate(ETAG, MODIFIED, NOW)).isEqualTo(verdict);
    }

    private static Optional<String> of(String value) {
        return Optional.ofNullable(value).map(text -> text.replace("\"\"", "\""));
    }
}
