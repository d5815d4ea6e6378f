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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/** docs/reliability.md names the test of each fault: those that it names exist, and no fault test is left out. */
class ReliabilityPageTest {
    private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w+Test)#(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+Test)`");
    /** The sentence that names the exceptions. */
    private static final Pattern WITHOUT_THE_ORACLE = Pattern.compile("all of these tests but those of (.+?)\\(");

    @Test
    void each_test_that_the_page_names_exists() throws IOException {
        assertThat(proofs()).isNotEmpty();
        assertThat(tests(ignored -> true)).containsAll(proofs());
    }

    @Test
    void each_test_that_ends_with_the_oracle_is_on_the_page() throws IOException {
        assertThat(proofs()).containsAll(tests(ReliabilityPageTest::endsWithTheOracle));
    }

    /** The page says which ones do without; what it says is all of them. */
    @Test
    void the_classes_that_the_page_says_end_without_the_oracle_are_those_that_do() throws IOException {
        Matcher said = WITHOUT_THE_ORACLE.matcher(page());
        assertThat(said.find())
                .as("the page says which classes end without the oracle")
                .isTrue();

        assertThat(CLASS.matcher(said.group(1)).results().map(one -> one.group(1)))
                .containsExactlyInAnyOrderElementsOf(proofs().stream()
                        .map(proof -> proof.substring(0, proof.indexOf('#')))
                        .filter(name -> !endsWithTheOracle(type(name)))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** By {@link ExtendWith} of the class, or by a field with {@link RegisterExtension}. */
    private static boolean endsWithTheOracle(Class<?> type) {
        ExtendWith extensions = type.getAnnotation(ExtendWith.class);
        return (extensions != null && Arrays.asList(extensions.value()).contains(Oracle.class))
                || Arrays.stream(type.getDeclaredFields())
                        .anyMatch(field ->
                                field.getType() == Oracle.class && field.isAnnotationPresent(RegisterExtension.class));
    }

    private static String page() throws IOException {
        return Files.readString(Stack.root().resolve("docs/reliability.md"));
    }

    private static Set<String> proofs() throws IOException {
        return PROOF.matcher(page())
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
