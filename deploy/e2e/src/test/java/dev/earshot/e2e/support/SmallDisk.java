package dev.earshot.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of a few megabytes that can be filled and made read-only. It takes root to mount one; where that is not
 * to be had it is a plain folder, and {@link #isReal} says so.
 */
public final class SmallDisk implements AutoCloseable {
    private final Path path;
    private final boolean real;

    private SmallDisk(Path path, boolean real) {
        this.path = path;
        this.real = real;
    }

    public static SmallDisk ofMegabytes(int size) {
        try {
            Path path = Files.createTempDirectory("small-disk");
            return new SmallDisk(path, succeeds("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has an end. */
    public boolean isReal() {
        return real;
    }

    public Path path() {
        return path;
    }

    public void readOnly() {
        remount("ro");
    }

    public void writable() {
        remount("rw");
    }

    private void remount(String how) {
        if (!succeeds("mount", "-o", "remount," + how, path)) {
            throw new AssertionError("the disk cannot be made " + how);
        }
    }

    @Override
    public void close() {
        if (real && !succeeds("umount", "--lazy", path)) {
            throw new AssertionError(path + " stays mounted");
        }
        path.toFile().deleteOnExit();
    }

    private static boolean succeeds(Object... command) {
        try {
            return new ProcessBuilder(java.util.Arrays.stream(command)
                                    .map(Object::toString)
                                    .toList())
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
