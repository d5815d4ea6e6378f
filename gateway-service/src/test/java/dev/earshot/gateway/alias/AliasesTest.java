package dev.earshot.gateway.alias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.gateway.http.AudioRoute;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasesTest {
    private static final String CA = "CA" + "1".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "/api/calls/{callSid}/download,/api/calls/CA/download",
        "/api/calls/download/{callSid},/api/calls/download/CA",
        "/api/recordings/file/{callSid},/api/recordings/file/CA",
        "/api/media/recordings/{recordingSid},/api/media/recordings/CA",
        "/api/recordings/data/{sid},/api/recordings/data/CA",
        "/{sid},/CA",
    })
    void anAliasLeadsToItsRoute(String template, String path) {
        Alias alias = new Alias(template, AudioRoute.DOWNLOAD, 202);

        assertThat(alias.target(path.replace("CA", CA))).contains("/api/recordings/" + CA + "/download");
    }

    /** What is no SID is refused by the route itself, after it has looked at the token. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "..%2f..", "a%20b", "%00"})
    void whatIsNoSidGoesTheSameWay(String segment) {
        Alias alias = new Alias("/calls/{callSid}", AudioRoute.STREAM, 202);

        assertThat(alias.target("/calls/" + segment)).contains("/api/recordings/" + segment + "/stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/calls", "/calls/", "/calls/a/b", "/Calls/a", "/calls/a/", "/x/calls/a", "calls/a"})
    void otherPathsAreNotTaken(String path) {
        assertThat(new Alias("/calls/{callSid}", AudioRoute.STREAM, 202).target(path))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calls/{callSid} | slash",
                "/calls/{phone} | {phone}",
                "/calls/{} | {}",
                "/calls/{CallSid} | {CallSid}",
                "/calls/{callSid | {callSid",
                "/calls/x{callSid} | x{callSid}",
                "/calls/{callSid}.mp3 | {callSid}.mp3",
                "/calls | once",
                "/calls/{callSid}/{recordingSid} | once",
                "/calls/{callSid}/ | segment ''",
                "//calls/{callSid} | segment ''",
                "/calls/../{callSid} | segment '..'",
                "/calls/%2e/{callSid} | segment '%2e'",
                "/ca lls/{callSid} | segment 'ca lls'",
                "/calls/{callSid}?x=1 | {callSid}?x=1",
                "/.*/{callSid} | segment '.*'",
                "/api/recordings/{sid} | own",
                "/api/recordings/{sid}/stream | own",
                "/api/recordings/{recordingSid}/download | own",
                "/api/recordings/{callSid}/data | own",
                "/q/{sid} | own",
                "/webhooks/{sid} | own",
            },
            quoteCharacter = '"')
    void aPathThatCannotBeIsRefusedByItsKey(String path, String why) {
        assertThatThrownBy(() -> aliases(Map.of("a.path", path, "a.route", "stream")))
                .hasMessageStartingWith("earshot.aliases.a.path")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"a.route,play,earshot.aliases.a.route", "a.not-ready-status,200,earshot.aliases.a.not-ready-status"})
    void anotherRouteOrStatusIsRefusedByItsKey(String key, String value, String named) {
        Map<String, String> values = new HashMap<>(Map.of("a.path", "/calls/{sid}", "a.route", "stream"));
        values.put(key, value);

        assertThatThrownBy(() -> aliases(values)).hasStackTraceContaining(named);
    }

    @Test
    void anAliasNeedsPathAndRoute() {
        assertThatThrownBy(() -> aliases(Map.of("a.route", "stream")))
                .hasStackTraceContaining("earshot.aliases.a.path");
        assertThatThrownBy(() -> aliases(Map.of("a.path", "/calls/{sid}")))
                .hasStackTraceContaining("earshot.aliases.a.route");
    }

    @Test
    void twoAliasesForTheSamePathsAreRefused() {
        Map<String, String> values = Map.of(
                "a.path",
                "/calls/{sid}",
                "a.route",
                "stream",
                "\"b c\".path",
                "/calls/{callSid}",
                "\"b c\".route",
                "data");

        assertThatThrownBy(() -> aliases(values))
                .hasMessageContaining("earshot.aliases.a.path")
                .hasMessageContaining("earshot.aliases.\"b c\".path");
    }

    @Test
    void theFormsThatPeopleComeFromStandBesideEachOtherAndOurs() {
        Map<String, String> values = new HashMap<>();
        put(values, "a", "/api/calls/{callSid}/download", "download");
        put(values, "b", "/api/calls/download/{callSid}", "download");
        put(values, "c", "/api/recordings/file/{callSid}", "stream");
        put(values, "d", "/api/media/recordings/{recordingSid}", "stream");
        put(values, "e", "/api/recordings/data/{recordingSid}", "data");

        assertThatCode(() -> aliases(values)).doesNotThrowAnyException();
        assertThat(aliases(values).of("/api/recordings/file/" + CA)).isPresent();
        for (String ours : new String[] {
            "/api/recordings/file/stream",
            "/api/recordings/data/download",
            "/api/recordings/" + CA + "/data",
            "/api/recordings/file",
            "/api/recordings/" + CA
        }) {
            assertThat(aliases(values).of(ours)).as(ours).isEmpty();
        }
    }

    @Test
    void anAliasCanBeSetByTheEnvironment() {
        AliasesConfig config = new SmallRyeConfigBuilder()
                .withMapping(AliasesConfig.class)
                .withSources(new EnvConfigSource(
                        Map.of(
                                "EARSHOT_ALIASES_CALLS_PATH", "/api/calls/{callSid}/download",
                                "EARSHOT_ALIASES_CALLS_ROUTE", "download",
                                "EARSHOT_ALIASES_CALLS_NOT_READY_STATUS", "404"),
                        300))
                .build()
                .getConfigMapping(AliasesConfig.class);

        assertThat(new Aliases(config).of("/api/calls/" + CA + "/download"))
                .hasValueSatisfying(alias -> assertThat(alias.notReadyStatus()).isEqualTo(404));
    }

    private static void put(Map<String, String> values, String name, String path, String route) {
        values.put(name + ".path", path);
        values.put(name + ".route", route);
    }

    private static Aliases aliases(Map<String, String> values) {
        Map<String, String> prefixed = new HashMap<>();
        values.forEach((key, value) -> prefixed.put("earshot.aliases." + key, value));
        return new Aliases(new SmallRyeConfigBuilder()
                .withMapping(AliasesConfig.class)
                .withSources(new PropertiesConfigSource(prefixed, "test", 200))
                .build()
                .getConfigMapping(AliasesConfig.class));
    }
}
