package dev.earshot.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file system of a few megabytes that can be filled and made read-only. Root mounts one; anybody else does so in a
 * name space of their own, where they may, and reaches it through the process that holds it. Where neither is allowed it
 * is a plain folder, which does for tests that only want a folder of their own.
 */
public final class SmallDisk implements AutoCloseable {
    private final Path mounted;
    private final Kind kind;
    /** Lives in the name space, until its standard input ends. */
    private final @Nullable Process holder;

    private enum Kind {
        MOUNTED,
        IN_A_NAME_SPACE,
        FOLDER
    }

    private SmallDisk(Path mounted, Kind kind, @Nullable Process holder) {
        this.mounted = mounted;
        this.kind = kind;
        this.holder = holder;
    }

    public static SmallDisk ofMegabytes(int size) {
        try {
            Path path = Files.createTempDirectory("small-disk");
            if (succeeds("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", path)) {
                return new SmallDisk(path, Kind.MOUNTED, null);
            }
            return holder(path, size)
                    .map(holder -> new SmallDisk(path, Kind.IN_A_NAME_SPACE, holder))
                    .orElseGet(() -> new SmallDisk(path, Kind.FOLDER, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Process> holder(Path path, int size) {
        String script = "mount -t tmpfs -o size=%dm tmpfs %s && echo mounted && exec cat".formatted(size, path);
        try {
            Process holder = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return Optional.of(holder).filter(Process::isAlive).filter(it -> "mounted".equals(firstLine(it)));
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    private static @Nullable String firstLine(Process process) {
        try {
            return process.inputReader().readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails where it has no end and cannot be made read-only, and says what would help. */
    public void mustBeReal() {
        if (kind == Kind.FOLDER) {
            throw new AssertionError(
                    "This needs a file system of its own. Run it as root that may mount (in a container:"
                            + " --cap-add SYS_ADMIN), or where an ordinary user may have name spaces"
                            + " (sysctl user.max_user_namespaces above 0, the package util-linux)");
        }
    }

    /** As everybody sees it. */
    public Path path() {
        return holder == null ? mounted : Path.of("/proc/" + holder.pid() + "/root" + mounted);
    }

    public void readOnly() {
        remount("ro");
    }

    public void writable() {
        remount("rw");
    }

    private void remount(String how) {
        mustBeReal();
        Stream<Object> inside = holder == null
                ? Stream.of()
                : Stream.of("nsenter", "--target", holder.pid(), "--user", "--mount", "--preserve-credentials");
        Stream<Object> mount = Stream.of("mount", "-o", "remount,bind," + how, mounted);
        if (!succeeds(Stream.concat(inside, mount).toArray())) {
            throw new AssertionError("the disk cannot be made " + how);
        }
    }

    @Override
    public void close() {
        if (kind == Kind.MOUNTED && !succeeds("umount", "--lazy", mounted)) {
            throw new AssertionError(mounted + " stays mounted");
        }
        if (holder != null) {
            holder.destroy();
        }
        mounted.toFile().deleteOnExit();
    }

    private static boolean succeeds(Object... command) {
        try {
            return new ProcessBuilder(
                                    Arrays.stream(command).map(Object::toString).toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
