package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Stack;
import dev.earshot.gateway.problem.ProblemType;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table of problem codes is complete and true. */
class ProblemTableTest {
    private static final Pattern ROW =
            Pattern.compile("^(\\| `[a-z-]+` \\| [45]\\d\\d \\| (?:yes|no) \\|) \\S.* \\|$", Pattern.MULTILINE);

    @Test
    void the_readme_tells_every_problem_code_its_status_and_whether_waiting_helps() throws Exception {
        String readme = Files.readString(Stack.root().resolve("README.md"));
        List<String> told = ROW.matcher(readme).results().map(MatchResult::group).map(ProblemTableTest::facts).toList();

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> "| `%s` | %d | %s |"
                                .formatted(type.code(), type.status(), type.retryable() ? "yes" : "no"))
                        .toList());
    }

    private static String facts(String row) {
        return row.substring(0, row.lastIndexOf('|', row.length() - 2) + 1);
    }
}
