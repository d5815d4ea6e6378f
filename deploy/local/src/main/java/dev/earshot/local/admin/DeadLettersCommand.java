package dev.earshot.local.admin;

import dev.earshot.local.home.StackFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code admin dead-letters VERB}: what could not be processed. */
@Command(
        name = "dead-letters",
        subcommands = {LettersListCommand.class, LettersReplayCommand.class})
final class DeadLettersCommand implements Runnable, AdminParent {
    static final String PATH = "/api/admin/dead-letters";

    @Spec
    private CommandSpec specification = CommandSpec.create();

    @ParentCommand
    private @Nullable AdminCommand admin;

    @Override
    public AdminClient client() throws StackFailure, InterruptedException {
        if (admin == null) {
            throw new IllegalStateException("called without admin");
        }
        return admin.client();
    }

    @Override
    public void run() {
        throw new ParameterException(
                specification.commandLine(), "Say list or replay (./earshot admin --help tells more)");
    }
}
