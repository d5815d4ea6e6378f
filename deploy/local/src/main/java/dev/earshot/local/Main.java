package dev.earshot.local;

import dev.earshot.local.admin.AdminCommand;
import dev.earshot.local.bench.BenchCommand;
import dev.earshot.local.doctor.DoctorCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Entry point of {@code java -jar earshot-local.jar}. */
@Command(
        name = "earshot",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            TokenCommand.class,
            CallCommand.class,
            AdminCommand.class,
            DoctorCommand.class,
            BenchCommand.class
        })
public final class Main implements Runnable {
    private static final int BAD_USAGE = 2;

    @Spec
    private CommandSpec specification = CommandSpec.create();

    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        // Without it JDK 24 and newer warn on every start that Netty uses sun.misc.Unsafe.
        System.setProperty("io.netty.noUnsafe", "true");
        // Vert.x would unpack its class path resources into a temporary folder; there are none.
        System.setProperty("vertx.disableFileCPResolving", "true");
        System.exit(run(Console.terminal(), arguments));
    }

    /** @return the exit code: 0 well, 1 it failed, 2 it was called wrongly */
    static int run(Console console, String... arguments) {
        CommandLine commands = new CommandLine(new Main(), new Commands(console));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setParameterExceptionHandler((failure, given) -> {
            console.error("earshot: " + failure.getMessage());
            return BAD_USAGE;
        });
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            console.error("earshot: " + failure.getMessage());
            return 1;
        });
        return commands.execute(arguments);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                specification.commandLine(),
                "Name a command: up, down, token, call, admin, doctor or bench (./earshot --help tells more)");
    }

    /** Gives each command the console. */
    private record Commands(Console console) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == UpCommand.class) {
                return type.cast(new UpCommand(console));
            }
            if (type == DownCommand.class) {
                return type.cast(new DownCommand(console));
            }
            if (type == TokenCommand.class) {
                return type.cast(new TokenCommand(console));
            }
            if (type == CallCommand.class) {
                return type.cast(new CallCommand(console));
            }
            if (type == DoctorCommand.class) {
                return type.cast(new DoctorCommand(console));
            }
            if (AdminCommand.makes(type)) {
                return type.cast(AdminCommand.make(type, console));
            }
            if (BenchCommand.makes(type)) {
                return type.cast(BenchCommand.make(type, console));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
