package dev.earshot.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.gateway.edge.Routes;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table is the annotations' word, both ways. */
class AllowedMethodsTest {
    @Test
    void everyRoutesMethodsStandInTheTable() {
        assertThat(Routes.byTemplate()).hasSizeGreaterThan(2).allSatisfy((template, methods) -> {
            Set<String> all = new TreeSet<>(methods);
            all.add("OPTIONS");

            assertThat(AllowedMethods.of(template.replaceAll("\\{[^}]+}", "x")))
                    .as(template)
                    .isEqualTo(String.join(", ", all));
        });
    }

    @Test
    void nothingElseStandsInTheTable() {
        assertThat(AllowedMethods.paths())
                .allSatisfy(path -> assertThat(Routes.byTemplate().keySet())
                        .anyMatch(template -> path.matcher(template.replaceAll("\\{[^}]+}", "x"))
                                .matches()));
    }

    @Test
    void whatIsNoRouteAllowsNothing() {
        assertThat(AllowedMethods.of("/")).isEmpty();
        assertThat(AllowedMethods.of("/api/recordings/x/y/z")).isEmpty();
    }
}
