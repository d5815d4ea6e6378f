package dev.earshot.local;

import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import dev.earshot.local.stack.Ports;
import dev.earshot.local.stack.Stack;
import dev.earshot.local.stack.StackOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code up}: starts the stack and stays until it is stopped. */
@Command(name = "up")
final class UpCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final HomeOptions where = new HomeOptions();

    @Option(names = "--fresh")
    private boolean fresh;

    @Option(names = "--twilio")
    private @Nullable String twilio;

    @Option(names = "--ports")
    private PortChoice ports = PortChoice.DEFAULT;

    @Option(names = "--port")
    private Map<String, String> chosenPorts = new LinkedHashMap<>();

    @Option(names = "--gateway-set")
    private Map<String, String> gatewayProperties = new LinkedHashMap<>();

    @Option(names = "--fetcher-set")
    private Map<String, String> fetcherProperties = new LinkedHashMap<>();

    @Option(names = "--replicas")
    private int replicas = 1;

    @Option(names = "--infra-only")
    private boolean infraOnly;

    @Option(names = "--exit-with-stdin")
    private boolean exitWithStdin;

    @Spec
    private CommandSpec specification = CommandSpec.create();

    UpCommand(Console console) {
        this.console = console;
    }

    /** {@code --ports}. */
    enum PortChoice {
        DEFAULT,
        FREE
    }

    @Override
    public Integer call() throws StackFailure, IOException, InterruptedException {
        if (replicas < 1 || replicas > StackOptions.MOST_REPLICAS) {
            throw new ParameterException(
                    specification.commandLine(),
                    "--replicas takes a number from 1 to " + StackOptions.MOST_REPLICAS + ", not " + replicas);
        }
        StackHome home = where.home();
        System.setProperty("earshot.stack.log", home.log("stack").toString());
        StackOptions options = new StackOptions(
                home,
                where.repository(),
                Ports.choose(ports == PortChoice.FREE, chosenPorts),
                fresh,
                infraOnly,
                Optional.ofNullable(twilio),
                replicas,
                gatewayProperties,
                fetcherProperties);
        Stack stack = new Stack(options, console);
        Thread hook = new Thread(stack::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        if (exitWithStdin) {
            exitWhenStandardInputCloses();
        }
        return run(stack, options);
    }

    private int run(Stack stack, StackOptions options) throws InterruptedException, IOException {
        try {
            console.line("Starting Earshot's local stack in " + options.home().root());
            stack.start();
            announce(stack.description(), options);
            console.error("earshot: " + stack.awaitCrash());
        } catch (StackFailure failure) {
            if (stack.isStopping()) {
                return 1;
            }
            console.error("earshot: " + failure.getMessage());
        }
        stack.stopQuietly();
        return 1;
    }

    private void announce(JsonObject where, StackOptions options) {
        if (!options.infraOnly()) {
            console.line(Welcome.text(where));
            console.line("Earshot is ready: " + where.getString("gatewayUrl"));
        } else {
            console.line("The infrastructure is ready: " + options.home().stackFile());
        }
    }

    /** A test that dies takes its stack with it: its end of the pipe closes. */
    private static void exitWhenStandardInputCloses() {
        Thread.ofPlatform().name("stdin").daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is expected; only the end counts.
                }
            } catch (IOException closed) {
                // The same as the end.
            }
            System.exit(0);
        });
    }
}
