package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What verbs share that ask once and show what they were told. */
abstract class Verb implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec specification = CommandSpec.create();

    @ParentCommand
    private @Nullable AdminParent parent;

    @Option(names = "--json")
    private boolean json;

    Verb(Console console) {
        this.console = console;
    }

    /** The gateway that it is asked of. */
    final AdminClient gateway() throws StackFailure, InterruptedException {
        if (parent == null) {
            throw new IllegalStateException("called without admin");
        }
        return parent.client();
    }

    final CommandSpec specification() {
        return specification;
    }

    /** As the gateway told it where somebody reads it by a program. */
    final boolean tellsJson(JsonObject told) {
        if (json) {
            console.line(told.encode());
        }
        return json;
    }

    final void say(String line) {
        console.line(line);
    }

    final void say(Table table) {
        table.lines().forEach(console::line);
    }

    final void complain(String line) {
        console.error(line);
    }

    /** Where it was called wrongly. */
    final ParameterException misused(String why) {
        return new ParameterException(specification.commandLine(), why);
    }

    /** Adds what was told. */
    static void put(JsonObject body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
