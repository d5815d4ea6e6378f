package dev.earshot.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    private static JsonBody read(String json) {
        return JsonBody.read(json, "name", "names", "flag");
    }

    private static List<String> names(JsonBody body) {
        return body.texts("names", "two letters", text -> text.length() == 2, 3);
    }

    @Test
    void whatIsThereIsRead() {
        JsonBody body = read("{\"name\":\"é\",\"names\":[\"ab\",\"cd\"],\"flag\":true}");

        assertThat(body.text("name", "a letter", text -> text.length() == 1)).isEqualTo("é");
        assertThat(names(body)).containsExactly("ab", "cd");
        assertThat(body.flag("flag")).isTrue();
    }

    @Test
    void nullIsMissing() {
        JsonBody body = read("{\"flag\":null}");

        assertThat(body.has("flag")).isFalse();
        assertThat(body.flag("flag")).isFalse();
    }

    @Test
    void noBodyIsAnEmptyObjectWhereItMayBe() {
        assertThat(JsonBody.readOptional("", "flag").has("flag")).isFalse();
        assertThat(JsonBody.readOptional(null, "flag").has("flag")).isFalse();
        assertThatThrownBy(() -> JsonBody.readOptional("[]", "flag")).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''| one JSON object",
                "' '| one JSON object",
                "null| one JSON object",
                "[]| one JSON object",
                "\"{}\"| one JSON object",
                "{| not valid JSON in line 1",
                "{\"name\":}| not valid JSON in line 1, column 9",
                "{'name':1}| not valid JSON",
                "{\"flag\":NaN}| not valid JSON",
                "{\"flag\":01}| not valid JSON",
                "{} x| not valid JSON",
                "{}{}| nothing after it",
                "{} 1| nothing after it",
                "{\"other\":1}| unknown field other; known are name, names, flag",
                "{\"Name\":1}| unknown field Name;",
                "{\"flag\":true,\"flag\":true}| flag comes twice",
                "{\"flag\":null,\"flag\":true}| flag comes twice"
            })
    void whatIsNoSuchObjectIsSaid(String json, String said) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST))
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{}| names is missing",
                "{\"names\":null}| names is missing",
                "{\"names\":\"ab\"}| names must be a list of 1 to 3",
                "{\"names\":[]}| names must be a list of 1 to 3",
                "{\"names\":[\"ab\",\"ab\",\"ab\",\"ab\"]}| names must be a list of 1 to 3",
                "{\"names\":[\"ab\",\"a\"]}| names[1] must be two letters",
                "{\"names\":[\"ab\",null]}| names[1] must be two letters",
                "{\"names\":[[\"ab\"]]}| names[0] must be two letters"
            })
    void whatIsWrongInAListIsNamedByItsIndex(String json, String said) {
        assertThatThrownBy(() -> names(read(json))).isInstanceOf(Problem.class).hasMessageContaining(said);
    }

    @Test
    void aFlagIsNoText() {
        assertThatThrownBy(() -> read("{\"flag\":\"true\"}").flag("flag")).hasMessageContaining("flag must be true");
    }

    @Test
    void theNameOfAnUnknownFieldIsShownAndNoMore() {
        assertThatThrownBy(() -> read("{\"" + "x".repeat(1000) + "\":1}"))
                .hasMessageContaining("x".repeat(40) + "…; known");
        assertThatThrownBy(() -> read("{\"a\\u0007\":1}")).hasMessageContaining("unknown field a?;");
    }

    @Test
    void depthIsNoDanger() {
        assertThatThrownBy(() -> read("{\"name\":" + "[".repeat(100_000)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not valid JSON");
    }
}
