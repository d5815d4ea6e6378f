package dev.earshot.images;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./earshot image}: see its {@code --help}. */
@Command(name = "image")
public final class Main implements Callable<Integer> {
    private static final int BAD_USAGE = 2;
    /** A tag, by the OCI distribution specification. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private static final long MEGABYTE = 1_000_000;

    @Spec
    private CommandLine.Model.CommandSpec specification = CommandLine.Model.CommandSpec.create();

    @Option(names = "--repo", required = true)
    private Path repository = Path.of("");

    @Option(names = "--base", required = true, defaultValue = "${env:EARSHOT_BASE_IMAGE}")
    private String base = "";

    @Option(names = "--service")
    private List<Service> services = new ArrayList<>();

    @Option(names = "--version")
    private String version = "latest";

    @Option(names = "--output")
    private @Nullable Path output;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    /** @return the exit code: 0 well, 1 it failed, 2 it was called wrongly */
    static int run(PrintWriter out, String... arguments) {
        CommandLine command = new CommandLine(new Main()).setOut(out);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler((failure, given) -> {
            out.println("earshot: " + failure.getMessage());
            return BAD_USAGE;
        });
        command.setExecutionExceptionHandler((failure, executed, parsed) -> {
            out.println("earshot: " + failure.getMessage());
            return 1;
        });
        return command.execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Base pinned = base();
        if (!TAG.matcher(version).matches()) {
            throw new ParameterException(specification.commandLine(), "--version " + version + " cannot be a tag");
        }
        Path folder = output == null ? repository.resolve("deploy/images/target/images") : output;
        Files.createDirectories(folder);
        for (Service service : services.isEmpty() ? List.of(Service.values()) : services) {
            build(service, pinned, folder);
        }
        return 0;
    }

    private void build(Service service, Base pinned, Path folder) throws IOException, InterruptedException {
        Path app = service.packaged(repository);
        Path tar = folder.resolve(service.image() + ".tar");
        new Bom(service, app, version).write(folder.resolve(service.image() + ".cdx.json"));
        String digest = new ServiceImage(service, app, version).write(pinned, tar, folder.resolve("cache"));
        specification
                .commandLine()
                .getOut()
                .println("earshot/%s:%s %s %s (%d MB)"
                        .formatted(service.image(), version, digest, tar, Files.size(tar) / MEGABYTE)
                        .strip());
    }

    private Base base() {
        try {
            return Base.of(base);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(specification.commandLine(), wrong.getMessage());
        }
    }
}
