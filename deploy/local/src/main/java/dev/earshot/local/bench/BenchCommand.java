package dev.earshot.local.bench;

import dev.earshot.local.Console;
import dev.earshot.local.HomeOptions;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench NAME}. A new measurement is a class of its own, and a line in each list here. */
@Command(
        name = "bench",
        subcommands = {WaitersCommand.class})
public final class BenchCommand implements Runnable {
    private static final Map<Class<?>, Function<Console, Object>> NAMES =
            Map.of(BenchCommand.class, console -> new BenchCommand(), WaitersCommand.class, WaitersCommand::new);

    @Spec
    private CommandSpec specification = CommandSpec.create();

    @Mixin
    private final HomeOptions where = new HomeOptions();

    private BenchCommand() {}

    HomeOptions where() {
        return where;
    }

    /** Whether the class is this command or one of its measurements. */
    public static boolean makes(Class<?> type) {
        return NAMES.containsKey(type);
    }

    /** The command or one of its measurements, which writes to the console. */
    public static Object make(Class<?> type, Console console) {
        Function<Console, Object> maker = NAMES.get(type);
        if (maker == null) {
            throw new IllegalArgumentException(type + " is no measurement");
        }
        return maker.apply(console);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                specification.commandLine(),
                "Name a measurement: "
                        + String.join(", ", specification.subcommands().keySet())
                        + " (./earshot bench --help tells more)");
    }
}
