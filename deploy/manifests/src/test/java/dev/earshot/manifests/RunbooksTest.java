package dev.earshot.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One page for each alert, and no page without one. */
class RunbooksTest {
    private static final Path DOCS = Repository.ROOT.resolve("docs");
    private static final Path FOLDER = DOCS.resolve("runbooks");
    private static final List<String> HEADINGS = List.of(
            "## What it means",
            "## Who notices",
            "## Look first",
            "## Mend",
            "## How to know that it is over",
            "## Background");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    /** Nobody's alert; what all of them share. */
    private static final Set<String> GENERAL = Set.of("README.md");

    static List<Alert> alerts() {
        return Alert.all();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void the_link_of_an_alert_resolves_to_its_page(Alert alert) throws IOException {
        assertThat(alert.runbook())
                .hasParent(FOLDER)
                .hasFileName(alert.name() + ".md")
                .isRegularFile();
        List<String> lines = Files.readAllLines(alert.runbook());

        assertThat(lines.getFirst()).isEqualTo("# " + alert.name());
        assertThat(lines.stream().filter(line -> line.startsWith("## "))).containsExactlyElementsOf(HEADINGS);
        assertThat(String.join("\n", lines)).as("commands to look with").contains("```");
    }

    @Test
    void every_page_belongs_to_an_alert_and_stands_in_the_list_with_its_severity() {
        Set<String> expected =
                alerts().stream().map(alert -> alert.name() + ".md").collect(Collectors.toCollection(TreeSet::new));
        String list = Repository.read("docs/runbooks/README.md");

        assertThat(pages()).isEqualTo(expected);
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(list)
                        .contains("| [" + alert.name() + "](" + alert.name() + ".md) | " + alert.severity() + " |"));
    }

    @Test
    void every_link_in_the_runbooks_and_the_pages_for_operators_resolves() {
        assertThat(documents())
                .isNotEmpty()
                .allSatisfy(document -> assertThat(links(document))
                        .allSatisfy(
                                link -> assertThat(document.resolveSibling(link).normalize())
                                        .exists()));
    }

    @Test
    void where_the_pages_are_read_can_be_set_in_an_overlay() {
        Rendered own = Rendering.withRunbooksAt("https://git.acme.test/tree/v1");

        assertThat(Alert.all(own))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.annotation("runbook_url"))
                        .isEqualTo("https://git.acme.test/tree/v1/docs/runbooks/" + alert.name() + ".md"));
    }

    private static Set<String> pages() {
        return markdown(FOLDER)
                .map(page -> page.getFileName().toString())
                .filter(name -> !GENERAL.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> documents() {
        return Stream.concat(markdown(FOLDER), Stream.of(DOCS.resolve("operating.md"), DOCS.resolve("metrics.md")))
                .toList();
    }

    private static Stream<Path> markdown(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> links(Path document) {
        return LINK.matcher(Repository.read(Repository.ROOT.relativize(document).toString()))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }
}
