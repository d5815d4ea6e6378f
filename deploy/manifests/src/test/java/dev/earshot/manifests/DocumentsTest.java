package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for operators tell to type and to set is there: nobody looks for a misprint at night. */
class DocumentsTest {
    /** To the end of the code, or of the sentence. */
    private static final Pattern COMMAND =
            Pattern.compile("\\./earshot\\b([^`\n|;#&\")]*?)(?=[:,.]?(?:\\s{2,}|[`\n|;#&\")]|$)|[:,.]\\s)");

    /** Not a topic, which has a version, nor a label or a file. */
    private static final Pattern KEY =
            Pattern.compile("(?<![\\w.:/@-])earshot(?![a-z.-]*\\.(?:v\\d|json))(?:\\.[a-z][a-z-]*)++(?:\\.\\*)?(?!/)");

    private static final Pattern VARIABLE = Pattern.compile("\\b(?:EARSHOT|QUARKUS|KAFKA)_[A-Z0-9_]+\\*?");
    /** Read by the {@code earshot} script, and not by a service. */
    private static final Set<String> SCRIPTS = Set.of("EARSHOT_TOKEN", "EARSHOT_HOME", "EARSHOT_BASE_IMAGE");

    /** What is in a document. */
    record Text(String name, String contents) {
        Stream<String> found(Pattern pattern) {
            return pattern.matcher(contents).results().map(found -> found.group(found.groupCount()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Text> texts() {
        return Stream.concat(Stream.of(new Text("README.md", Repository.read("README.md"))), operators());
    }

    /** Those for operators. The README's keys are held to the code by tests of their own. */
    static Stream<Text> operators() {
        Stream<String> pages = Stream.concat(
                markdown("docs/runbooks"), Stream.of("docs/operating.md", "docs/metrics.md", "k8s/README.md"));
        return Stream.concat(
                pages.map(page -> new Text(page, Repository.read(page))),
                Alert.all().stream()
                        .map(alert -> new Text(
                                alert.name(), alert.annotation("summary") + "\n" + alert.annotation("description"))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void every_command_is_one_that_the_script_takes(Text text) {
        assertThat(text.found(COMMAND))
                .allSatisfy(command -> assertThat(FrontDoor.flaws(command))
                        .as("./earshot" + command)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operators")
    void every_key_is_one_that_a_service_reads(Text text) {
        assertThat(Stream.concat(text.found(KEY), text.found(VARIABLE)))
                .allMatch(key -> SCRIPTS.contains(key) || isKnown(key));
    }

    @Test
    void commands_and_keys_are_found_in_the_pages() {
        assertThat(texts().flatMap(text -> text.found(COMMAND))).hasSizeGreaterThan(40);
        assertThat(operators().flatMap(text -> text.found(KEY))).hasSizeGreaterThan(20);
        assertThat(operators().flatMap(text -> text.found(VARIABLE))).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @CsvSource({
        "./earshot walk, there is no such command",
        "./earshot admin walk, there is no such command",
        "./earshot admin --fix, there is no such command",
        "./earshot doctor --key K, does not know --key",
        "./earshot call --seconds 3, wants --tenant",
        "./earshot admin backfill --account AC1, wants --from",
        "./earshot admin reconcile --all, does not know --all"
    })
    void a_command_that_the_script_refuses_is_found(String command, String flaw) {
        Text page = new Text("page", "Run `" + command + "`, then look.");

        assertThat(page.found(COMMAND))
                .singleElement()
                .satisfies(found -> assertThat(FrontDoor.flaws(found)).containsExactly(flaw));
    }

    @ParameterizedTest
    @CsvSource({
        "earshot.playback.read-stall, true",
        "earshot.store.playback.read-stall, false",
        "earshot.store.playback.*, true",
        "earshot.storage.*, false",
        "EARSHOT_SPOOL_BUDGET, true",
        "EARSHOT_SPOOL_BUDGETS, false",
        "QUARKUS_S3_*, true",
        "EARSHOT_DELIVERY_CDN_PURGE_*, true",
        "EARSHOT_CDN_*, false"
    })
    void a_key_that_no_service_reads_is_found(String key, boolean known) {
        Text page = new Text("page", "Set `" + key + "`.");

        assertThat(Stream.concat(page.found(KEY), page.found(VARIABLE))).containsExactly(key);
        assertThat(isKnown(key)).isEqualTo(known);
    }

    /** As a key or a variable, or as what several begin with. */
    private static boolean isKnown(String key) {
        String variable = KnownKeys.variable(key.replace("*", ""));
        return Stream.of("gateway", "fetcher")
                .map(KnownKeys::of)
                .anyMatch(keys -> variable.endsWith("_") ? keys.hasUnder(variable) : keys.has(variable));
    }

    private static Stream<String> markdown(String folder) {
        try (Stream<Path> files = Files.list(Repository.ROOT.resolve(folder))) {
            List<String> pages = files.map(file -> folder + "/" + file.getFileName())
                    .filter(page -> page.endsWith(".md"))
                    .sorted()
                    .toList();
            return pages.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
