package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.ControlClient;
import dev.earshot.local.HomeOptions;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code admin VERB}: the options that all verbs share. A new verb is a class of its own, and a line in each list here. */
@Command(
        name = "admin",
        subcommands = {
            StatusCommand.class,
            FailuresCommand.class,
            RedriveCommand.class,
            PrefetchCommand.class,
            DeadLettersCommand.class,
            PurgeCommand.class,
            BackfillCommand.class,
            ReconcileCommand.class
        })
public final class AdminCommand implements Runnable, AdminParent {
    /** Where an operator's token stands that should not stand on a command line. */
    private static final String TOKEN_VARIABLE = "EARSHOT_TOKEN";

    private static final Map<Class<?>, Function<Console, Object>> VERBS = Map.ofEntries(
            Map.entry(AdminCommand.class, console -> new AdminCommand()),
            Map.entry(StatusCommand.class, StatusCommand::new),
            Map.entry(FailuresCommand.class, FailuresCommand::new),
            Map.entry(RedriveCommand.class, RedriveCommand::new),
            Map.entry(PrefetchCommand.class, PrefetchCommand::new),
            Map.entry(DeadLettersCommand.class, console -> new DeadLettersCommand()),
            Map.entry(LettersListCommand.class, LettersListCommand::new),
            Map.entry(LettersReplayCommand.class, LettersReplayCommand::new),
            Map.entry(PurgeCommand.class, PurgeCommand::new),
            Map.entry(BackfillCommand.class, BackfillCommand::new),
            Map.entry(ReconcileCommand.class, ReconcileCommand::new));

    @Spec
    private CommandSpec specification = CommandSpec.create();

    @Mixin
    private final HomeOptions where = new HomeOptions();

    @Option(names = "--url", scope = ScopeType.INHERIT)
    private @Nullable String url;

    @Option(names = "--token", scope = ScopeType.INHERIT)
    private @Nullable String token;

    private AdminCommand() {}

    /** Whether the class is this command or one of its verbs. */
    public static boolean makes(Class<?> type) {
        return VERBS.containsKey(type);
    }

    /** The command or one of its verbs, which writes to the console. */
    public static Object make(Class<?> type, Console console) {
        Function<Console, Object> maker = VERBS.get(type);
        if (maker == null) {
            throw new IllegalArgumentException(type + " is no verb of admin");
        }
        return maker.apply(console);
    }

    /**
     * The gateway that {@code --url} names, with the token of {@code --token} or {@code EARSHOT_TOKEN}; what is not given is the
     * local stack's.
     *
     * @throws StackFailure if something is not given and no local stack is running
     */
    @Override
    public AdminClient client() throws StackFailure, InterruptedException {
        ControlClient local = new ControlClient(where.home());
        String given = token == null ? System.getenv(TOKEN_VARIABLE) : token;
        return new AdminClient(
                url == null ? local.address("gatewayUrl") : url, given == null ? localToken(local) : given);
    }

    private static String localToken(ControlClient local) throws StackFailure, InterruptedException {
        JsonObject operator = new JsonObject()
                .put("subject", "operator@localhost")
                .put("roles", new JsonArray().add("earshot:operator"));
        return local.post("/control/tokens", operator).getString("token");
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                specification.commandLine(),
                "Name a verb: " + String.join(", ", specification.subcommands().keySet())
                        + " (./earshot admin --help tells more)");
    }
}
