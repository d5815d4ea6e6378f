package dev.earshot.local;

import dev.earshot.local.home.StackHome;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where the repository and the stack's folder are; the same for all commands; a verb of a command takes them too. */
public final class HomeOptions {
    @Option(names = "--home", scope = ScopeType.INHERIT)
    private @Nullable Path home;

    @Option(names = "--repo", scope = ScopeType.INHERIT)
    private @Nullable Path repository;

    public StackHome home() {
        Path root = home == null ? repository().resolve(".earshot") : home;
        return new StackHome(root.toAbsolutePath().normalize());
    }

    /** The jar lies in {@code deploy/local/target}; from anywhere else the current folder is meant. */
    public Path repository() {
        if (repository != null) {
            return repository.toAbsolutePath().normalize();
        }
        try {
            Path jar = Path.of(HomeOptions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path top = jar.resolve("../../../..").normalize();
            return Files.exists(top.resolve("deploy/local/pom.xml"))
                    ? top
                    : Path.of("").toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
