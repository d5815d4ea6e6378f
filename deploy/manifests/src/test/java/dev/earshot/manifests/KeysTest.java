package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests set keys that exist, and any key can be set. */
class KeysTest {
    private static final Pattern LINE = Pattern.compile("#?([A-Z][A-Z0-9_]+)=(.*)");
    /** Keys whose values come from Secrets. */
    private static final List<String> SECRET = List.of(
            "earshot.console.client-secret",
            "earshot.console.cookie-secret",
            "earshot.delivery.cdn.signing-key",
            "earshot.delivery.cdn.purge.authorization");
    /** A secret as well; the file, which may be changed without a restart, is used instead. */
    private static final List<String> NOT_USED = List.of("earshot.tickets.keys");

    static Stream<Rendered> all() {
        return Manifests.all();
    }

    static Stream<Rendered> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("all")
    void no_pod_is_told_a_key_that_its_service_does_not_read(Rendered rendered) {
        assertThat(Keys.unknown(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void an_overlay_sets_every_key_without_which_a_service_would_not_start(Rendered rendered) {
        assertThat(Keys.missing(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void both_services_are_told_the_same_where_they_must_agree(Rendered rendered) {
        assertThat(Keys.disagreements(rendered)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"shared, both", "gateway, gateway", "fetcher, fetcher"})
    void every_key_of_a_service_stands_in_its_file_with_its_default(String file, String service) {
        Map<String, String> lines = lines(file);

        assertThat(Readme.OWN_KEYS.stream().filter(key -> key.service().equals(service)))
                .isNotEmpty()
                .filteredOn(key -> !SECRET.contains(key.key()) && !NOT_USED.contains(key.key()))
                .allSatisfy(key -> assertThat(lines.keySet()).anyMatch(key::isSetBy));
        assertThat(lines)
                .allSatisfy((variable, value) -> Readme.OWN_KEYS.stream()
                        .filter(key -> key.isSetBy(variable)
                                && !key.standard().isEmpty()
                                && !set(file).containsKey(variable))
                        .forEach(key -> assertThat(value).as(variable).isEqualTo(key.standard())));
    }

    @ParameterizedTest
    @CsvSource({"shared, gateway", "shared, fetcher", "gateway, gateway", "fetcher, fetcher"})
    void no_file_names_a_key_that_does_not_exist_not_even_in_a_comment(String file, String service) {
        assertThat(lines(file).keySet()).isNotEmpty().allMatch(KnownKeys.of(service)::has);
    }

    @Test
    void secret_keys_come_from_secrets() {
        List<String> referred =
                Manifests.BASE.find("Deployment", "earshot-gateway").orElseThrow().findParents("valueFrom").stream()
                        .map(each -> each.path("name").asText())
                        .toList();

        assertThat(SECRET).allMatch(key -> referred.contains(KnownKeys.variable(key)));
    }

    @Test
    void the_readmes_standard_keys_exist() {
        assertThat(Readme.STANDARD_KEYS).hasSizeGreaterThan(10).allSatisfy(key -> {
            for (String service : List.of("gateway", "fetcher")) {
                if (key.isReadBy(service)) {
                    assertThat(KnownKeys.of(service).has(key.variable()))
                            .as(key.toString())
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "gateway, EARSHOT_PUBLIC_URL, true",
        "gateway, EARSHOT_ALIASES_OLD_PATH_PATH, true",
        "gateway, EARSHOT_PUBLIC_URI, false",
        "gateway, EARSHOT_SPOOL_BUDGET, false",
        "fetcher, EARSHOT_SPOOL_BUDGET, true",
        "gateway, QUARKUS_FLYWAY_MIGRATE_AT_START, true",
        "fetcher, QUARKUS_FLYWAY_MIGRATE_AT_START, false",
        "gateway, QUARKUS_DATASOURCE_DB_KIND, false",
        "fetcher, KAFKA_SASL_MECHANISM, true",
        "fetcher, KAFKA_SASL_MECHANIZM, false",
        "fetcher, MP_MESSAGING_INCOMING_FETCH_REQUESTS_MAX_POLL_RECORDS, true",
        "fetcher, MP_MESSAGING_INCOMING_FETCH_REQUEST_MAX_POLL_RECORDS, false"
    })
    void a_key_is_known_to_the_service_that_reads_it_while_it_runs(String service, String variable, boolean known) {
        assertThat(KnownKeys.of(service).has(variable)).isEqualTo(known);
    }

    private static Map<String, String> lines(String file) {
        return matching(file, LINE);
    }

    private static Map<String, String> set(String file) {
        return matching(file, Pattern.compile("([A-Z][A-Z0-9_]+)=(.*)"));
    }

    private static Map<String, String> matching(String file, Pattern pattern) {
        Map<String, String> lines = new TreeMap<>();
        Repository.read("k8s/base/config/" + file + ".env")
                .lines()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .forEach(line -> lines.put(line.group(1), line.group(2)));
        return lines;
    }
}
