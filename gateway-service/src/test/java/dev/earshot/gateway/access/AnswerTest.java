package dev.earshot.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // method, status, Content-Length, Content-Range, sent, range, outcome
                "GET,200,100,-,100,WHOLE,COMPLETE",
                "GET,200,100,-,99,WHOLE,CUT_SHORT",
                "GET,200,-,-,100,WHOLE,CUT_SHORT",
                "GET,206,2,bytes 0-1/100,2,FIRST,COMPLETE",
                "GET,206,2,bytes 0-1/100,0,FIRST,CUT_SHORT",
                "GET,206,100,bytes 0-99/100,100,WHOLE,COMPLETE",
                "GET,206,99,bytes 1-99/100,99,PART,COMPLETE",
                "GET,206,300,-,300,SEVERAL,COMPLETE",
                "HEAD,200,100,-,0,HEAD,COMPLETE",
                "GET,304,-,-,0,NONE,NOT_MODIFIED",
                "GET,302,0,-,0,NONE,REDIRECTED",
                "GET,416,120,bytes */100,120,NONE,REFUSED",
                "GET,503,120,-,120,NONE,REFUSED",
            })
    void anAnswerIsJudgedByItsHeadAndByWhatWasSent(
            String method, int status, String length, String range, long sent, String expected, String outcome) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (length != null) {
            headers.set("Content-Length", length);
        }
        if (range != null) {
            headers.set("Content-Range", range);
        }

        Answer answer = Answer.written(HttpMethod.valueOf(method), status, headers, sent);

        assertThat(answer.range()).hasToString(expected);
        assertThat(answer.outcome()).hasToString(outcome);
        assertThat(answer.status()).isEqualTo(status);
    }
}
