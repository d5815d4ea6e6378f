package dev.earshot.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A place between two lines at which a service stops, as under a paused virtual machine: it sends SIGSTOP to itself and
 * holds whatever it holds, until somebody continues it. Of all services that are started with it, only the first that comes
 * there stops, and only once.
 */
public final class Freezes {
    private final Start start;
    private final Path frozen;

    private Freezes(Start start, Path frozen) {
        this.start = start;
        this.frozen = frozen;
    }

    /**
     * At a place when a condition holds.
     *
     * @param location Byteman's location specifier
     * @param condition Byteman's expression, as for {@link Halts#when}
     */
    public static Freezes when(String type, String method, String location, String condition) {
        Path frozen = Halts.write(".pid", "");
        // Noclobber: who cannot make the file was not the first. The shell's parent is the service.
        Path script = executable(Halts.write(".sh", """
                #!/bin/sh
                set -C
                echo $PPID > %s && kill -STOP $PPID
                """.formatted(frozen)));
        return new Freezes(
                Halts.acting(
                        type,
                        method,
                        location,
                        condition,
                        "java.lang.Runtime.getRuntime().exec(\"%s\").waitFor()".formatted(script)),
                free(frozen));
    }

    /** Starts all replicas anew, so that whichever comes there first stops. */
    public void arm(String service) {
        Stack.running().replicas(service).forEach(name -> Stack.running().restart(name, start));
    }

    /** Waits until one has stopped; its name. */
    public String await() {
        Eventually.eventually(() -> assertThat(frozen).isNotEmptyFile());
        long pid = pid();
        return java.util.stream.Stream.of("gateway", "fetcher")
                .flatMap(kind -> Stack.running().replicas(kind).stream())
                .filter(name -> RunningService.find(name)
                        .filter(service -> service.pid() == pid)
                        .isPresent())
                .peek(name -> Eventually.eventually(
                        () -> assertThat(RunningService.of(name).isFrozen()).isTrue()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service has the process id " + pid));
    }

    private long pid() {
        try {
            return Long.parseLong(Files.readString(frozen).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path executable(Path script) {
        try {
            return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its name is taken by nobody else, and it is not there. */
    private static Path free(Path file) {
        try {
            Files.delete(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
