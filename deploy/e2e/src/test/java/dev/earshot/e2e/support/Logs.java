package dev.earshot.e2e.support;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a service writes to its log from some moment on. */
public final class Logs {
    private final Path file;
    private final long from;

    private Logs(Path file, long from) {
        this.file = file;
        this.from = from;
    }

    public static Logs fromNow(String service) {
        Path file = Stack.home().resolve("logs").resolve(service + ".log");
        try {
            return new Logs(file, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines have the text in them. */
    public long count(String text) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] written = new byte[Math.toIntExact(log.length() - from)];
            log.seek(from);
            log.readFully(written);
            return new String(written, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(text))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
