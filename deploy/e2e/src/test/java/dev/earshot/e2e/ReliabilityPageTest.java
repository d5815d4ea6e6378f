package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.Stack;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

/** docs/reliability.md names the test of each fault: those that it names exist, and no fault test is left out. */
class ReliabilityPageTest {
    private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w+Test)#(\\w+)`");

    @Test
    void each_test_that_the_page_names_exists() throws IOException {
        assertThat(proofs()).isNotEmpty();
        assertThat(tests(ignored -> true)).containsAll(proofs());
    }

    @Test
    void each_test_that_ends_with_the_oracle_is_on_the_page() throws IOException {
        assertThat(proofs()).containsAll(tests(ReliabilityPageTest::endsWithTheOracle));
    }

    private static boolean endsWithTheOracle(Class<?> type) {
        ExtendWith extensions = type.getAnnotation(ExtendWith.class);
        return extensions != null && Arrays.asList(extensions.value()).contains(Oracle.class);
    }

    private static Set<String> proofs() throws IOException {
        return PROOF.matcher(Files.readString(Stack.root().resolve("docs/reliability.md")))
                .results()
                .map(proof -> proof.group(1) + "#" + proof.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code Class#method} of the tests in this package whose class is wanted. */
    private static Set<String> tests(java.util.function.Predicate<Class<?>> wanted) throws IOException {
        Path sources = Path.of("src/test/java/dev/earshot/e2e");
        try (Stream<Path> files = Files.list(sources)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> type(name.replace(".java", "")))
                    .filter(wanted)
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                            .filter(ReliabilityPageTest::isTest)
                            .map(method -> type.getSimpleName() + "#" + method.getName()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("dev.earshot.e2e." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
