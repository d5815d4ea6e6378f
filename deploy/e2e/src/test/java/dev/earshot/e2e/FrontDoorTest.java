package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that a newcomer types, run as they would. */
class FrontDoorTest {
    private record Outcome(int status, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "token", "call", "admin", "doctor", "bench", "image", "test"})
    void every_command_has_its_help(String command) throws Exception {
        Outcome help = earshot(Stack.home(), command, "--help");

        assertThat(help.status).isZero();
        assertThat(help.out).startsWith("./earshot " + command);
        assertThat(earshot(Stack.home(), "--help").out).contains("./earshot " + command);
    }

    @Test
    void a_token_of_the_front_door_opens_the_api_and_has_only_the_roles_that_were_asked_for() throws Exception {
        String unknown = "RE" + "0".repeat(32);
        String all = earshot(Stack.home(), "token", "--tenant", "acme").out.strip();
        String writer = earshot(Stack.home(), "token", "--tenant", "acme", "--role", "recordings:write")
                .out
                .strip();

        assertThat(Listener.with(all).stream(unknown).statusCode()).isEqualTo(404);
        assertThat(Listener.with(writer).stream(unknown).statusCode()).isEqualTo(403);
    }

    @Test
    void a_call_of_the_front_door_prints_the_sha256_of_what_earshot_will_store() throws Exception {
        Outcome call = earshot(Stack.home(), "call", "--tenant", "acme", "--seconds", "5", "--dual");

        assertThat(call.out.strip().lines()).hasSize(1);
        JsonNode json = Http.JSON.readTree(call.out);
        Response audio =
                Listener.of("acme").streamWaiting(json.get("recordingSid").asText(), 20);
        assertThat(Listener.sha256(audio)).isEqualTo(json.get("sha256").asText());
        assertThat(json.get("callSid").asText()).startsWith("CA");
    }

    @Test
    void reconcile_finds_what_is_missing_and_has_it_fetched_again() throws Exception {
        Recorded recorded = Simulator.record("acme", Simulator.options());
        Listener listener = Listener.of("acme");
        String before = Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 20));
        String object =
                Bucket.local().keys("acme/" + recorded.recordingSid() + "/").getFirst();
        Bucket.local().delete(object);

        Outcome found = earshot(Stack.home(), "admin", "reconcile", "--tenant", "acme");
        Outcome mended = earshot(Stack.home(), "admin", "reconcile", "--tenant", "acme", "--fix");

        assertThat(found.out)
                .contains("row-without-object " + object + ": reported")
                .contains("Done: ");
        assertThat(found.status).isEqualTo(1);
        assertThat(mended.out).contains("row-without-object " + object + ": fetched-anew");
        assertThat(Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 20)))
                .isEqualTo(before);
    }

    @Test
    void what_is_misspelt_is_named(@TempDir Path elsewhere) throws Exception {
        assertThat(earshot(elsewhere, "upp").err).contains("there is no command 'upp'");
        assertThat(earshot(Stack.home(), "call", "--tenant", "acme", "--behaviour", "dancing"))
                .satisfies(outcome -> assertThat(outcome.status).isNotZero())
                .satisfies(outcome -> assertThat(outcome.err).contains("dancing"));
        assertThat(earshot(Stack.home(), "token").err).contains("--tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "-1", "two", ""})
    void a_number_of_replicas_that_cannot_be_is_refused_before_anything_is_built(
            String replicas, @TempDir Path elsewhere) throws Exception {
        Outcome up = earshot(elsewhere, "up", "--replicas", replicas);

        assertThat(up.status).isEqualTo(2);
        assertThat(up.err).contains("--replicas takes a number from 1 to 8, not '" + replicas + "'");
        assertThat(elsewhere).isEmptyDirectory();
    }

    /** Installed where it can be; what cannot be is named, with its package. */
    @Test
    void a_program_that_is_missing_is_installed_or_named(@TempDir Path elsewhere) throws Exception {
        Path bin = Files.createDirectories(elsewhere.resolve("bin"));
        for (String program : List.of("bash", "env", "sed", "head", "dirname", "readlink", "id", "cat")) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(bin.resolve(program), found);
        }
        Path asked = elsewhere.resolve("asked");
        Path packages = bin.resolve("apt-get");
        Files.writeString(packages, "#!/bin/sh\necho \"$@\" >>" + asked + "\n");
        assertThat(packages.toFile().setExecutable(true)).isTrue();
        Files.copy(packages, bin.resolve("sudo"), StandardCopyOption.COPY_ATTRIBUTES);

        Outcome test = Command.start(
                        elsewhere,
                        List.of(Stack.root().resolve("earshot").toString(), "test"),
                        Map.of("PATH", bin.toString()))
                .finish();

        assertThat(test.status).as("%s", test).isEqualTo(1);
        assertThat(test.err).contains("kcat and could not install it; install the package kcat");
        assertThat(Files.readString(asked)).contains("install -y -qq kcat");
    }

    @Test
    void without_a_running_stack_the_front_door_says_how_to_start_one(@TempDir Path elsewhere) throws Exception {
        Outcome token = earshot(elsewhere, "token", "--tenant", "acme");
        Outcome down = earshot(elsewhere, "down");

        assertThat(token.status).isNotZero();
        assertThat(token.err).contains("./earshot up");
        assertThat(down.status).isZero();
    }

    @Test
    void a_busy_port_is_one_clear_message_and_everything_else_is_stopped(@TempDir Path elsewhere) throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome up =
                    up(elsewhere, "--port", "gateway=" + busy.getLocalPort()).finish();

            assertThat(up.status).isEqualTo(1);
            assertThat(up.err).contains(Integer.toString(busy.getLocalPort())).contains("gateway");
            assertThat(up.err).doesNotContain("\tat ");
        }
    }

    /** A stack of its own, started and ended as a newcomer would; nothing that it started is left. */
    @Test
    void down_leaves_no_process(@TempDir Path elsewhere) throws Exception {
        Command up = up(elsewhere, "--infra-only");
        List<ProcessHandle> children = new ArrayList<>();
        eventually(() ->
                assertThat(Files.exists(elsewhere.resolve("run/stack.json"))).isTrue());
        up.process().descendants().forEach(children::add);

        Outcome down = earshot(elsewhere, "down");

        assertThat(down.status).isZero();
        eventually(() -> assertThat(up.process().isAlive()).isFalse());
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    /** A command under way, its output in files: a pipe that nobody reads would stop it. */
    private record Command(Process process, Path out, Path err) {
        static Command start(Path home, List<String> words) throws IOException {
            return start(home, words, Map.of());
        }

        static Command start(Path home, List<String> words, Map<String, String> environment) throws IOException {
            Path logs = Files.createDirectories(Path.of("target/front-door"));
            Path out = Files.createTempFile(logs, "", ".out");
            Path err = Files.createTempFile(logs, "", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("EARSHOT_HOME", home.toString());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            return new Command(builder.start(), out, err);
        }

        Outcome finish() throws IOException, InterruptedException {
            return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
        }
    }

    private static Outcome earshot(Path home, String... arguments) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(Stack.root().resolve("earshot").toString()));
        words.addAll(List.of(arguments));
        return Command.start(home, words).finish();
    }

    /** A stack of its own on free ports. */
    private static Command up(Path home, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Stack.root().resolve("deploy/local/target/earshot-local.jar").toString(),
                "up",
                "--home",
                home.toString(),
                "--repo",
                Stack.root().toString(),
                "--ports",
                "free"));
        words.addAll(List.of(more));
        return Command.start(home, words);
    }
}
