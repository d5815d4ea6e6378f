package dev.earshot.gateway.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.recording.Sid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefetchBodyTest {
    private static final String RECORDING = "RE" + "1".repeat(32);
    private static final String CALL = "CA" + "2".repeat(32);
    private static final int MOST = 3;

    private static PrefetchBody many(String json) {
        return PrefetchBody.ofMany(json.replace('\'', '"').replace("RE1", RECORDING), MOST);
    }

    @Test
    void recordingsAndCallsAreReadEachOnce() {
        PrefetchBody body = many("{'sids':['RE1','" + CALL + "','RE1']}");

        assertThat(body.sids())
                .containsExactly(new Sid.OfRecording(new RecordingSid(RECORDING)), new Sid.OfCall(new CallSid(CALL)));
        assertThat(body.anyAge()).isFalse();
    }

    @Test
    void ofOneTheBodyMayBeMissing() {
        assertThat(PrefetchBody.ofOne("").anyAge()).isFalse();
        assertThat(PrefetchBody.ofOne(null).anyAge()).isFalse();
        assertThat(PrefetchBody.ofOne("{\"anyAge\":true}").anyAge()).isTrue();
        assertThatThrownBy(() -> PrefetchBody.ofOne("{\"sids\":[]}")).hasMessageContaining("unknown field sids");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}| sids is missing",
                "[]| one JSON object",
                "{'sids':[]}| sids must be a list of 1 to 3",
                "{'sids':'RE1'}| sids must be a list of 1 to 3",
                "{'sids':['RE1','RE1','RE1','RE1']}| sids must be a list of 1 to 3",
                "{'sids':['RE1','RE2']}| sids[1] must be a recording or call SID",
                "{'sids':['RE1',1]}| sids[1] must be",
                "{'sids':[null]}| sids[0] must be",
                "{'sids':['RE1'],'anyAge':'yes'}| anyAge must be true or false",
                "{'sids':['RE1'],'priority':1}| unknown field priority",
                "{'sids':['RE1'],'sids':['RE1']}| sids comes twice"
            })
    void whatIsWrongIsNamedWithItsIndex(String json, String said) {
        assertThatThrownBy(() -> many(json)).isInstanceOf(Problem.class).hasMessageContaining(said);
    }
}
