package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A typed TypeScript client is generated from {@code docs/openapi.yaml}, and a program that relies on its types compiles. */
class TypedClientTest {
    private static final List<String> STRICT = List.of(
            "--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext");

    private final Path packages = Stack.root().resolve("deploy/e2e/openapi-client");

    @TempDir
    Path folder;

    @BeforeEach
    void generate() throws IOException {
        assertThat(packages.resolve("node_modules"))
                .as("run ./earshot test, or npm ci in " + packages)
                .isDirectory();
        Files.createSymbolicLink(folder.resolve("node_modules"), packages.resolve("node_modules"));
        Files.copy(packages.resolve("package.json"), folder.resolve("package.json"));
        Files.copy(packages.resolve("sample.ts"), folder.resolve("sample.ts"));
        Result generated = run("openapi-typescript", Stack.root().resolve("docs/openapi.yaml"), "-o", "api.ts");
        assertThat(generated.status()).as(generated.text()).isZero();
    }

    @Test
    void a_program_that_uses_the_generated_types_compiles() throws IOException {
        Result compiled = compile();

        assertThat(compiled.status()).as(compiled.text()).isZero();
    }

    /** So that the test above is known to compile something. */
    @Test
    void a_program_that_uses_what_is_not_described_does_not_compile() throws IOException {
        Path sample = folder.resolve("sample.ts");
        Files.writeString(sample, Files.readString(sample).replace("recording.durationSeconds", "recording.mood"));

        Result compiled = compile();

        assertThat(compiled.status()).isNotZero();
        assertThat(compiled.text()).contains("sample.ts", "mood");
    }

    private Result compile() throws IOException {
        List<Object> arguments = new ArrayList<>(STRICT);
        arguments.add("sample.ts");
        return run("tsc", arguments.toArray());
    }

    private record Result(int status, String text) {}

    private Result run(String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(folder.resolve("node_modules/.bin").resolve(program).toString());
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.onExit().join().exitValue(), text);
    }
}
