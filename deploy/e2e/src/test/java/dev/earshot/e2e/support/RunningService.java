package dev.earshot.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A service's process as the operating system and its JVM see it. Sizes are in bytes. */
public final class RunningService {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final long pid;

    private RunningService(long pid) {
        this.pid = pid;
    }

    /** The one that runs now. */
    public static RunningService of(String service) {
        return find(service).orElseThrow(() -> new AssertionError(service + " does not run"));
    }

    /** The one that runs now, frozen or not. */
    public static Optional<RunningService> find(String service) {
        for (JsonNode running : Http.call(
                        "GET", Stack.running().at("/controlUrl") + "/control/services", MissingNode.getInstance())
                .get("services")) {
            if (running.path("name").asText().equals(service)
                    && running.path("running").asBoolean()) {
                return Optional.of(new RunningService(running.get("pid").asLong()));
            }
        }
        return Optional.empty();
    }

    public long pid() {
        return pid;
    }

    /** Whether a signal has stopped it; proc_pid_stat(5). */
    public boolean isFrozen() {
        try {
            return Files.readAllLines(file("status")).stream().anyMatch(line -> line.startsWith("State:\tT"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory. */
    public long residentBytes() {
        return status("VmRSS:");
    }

    /** The most that was resident since the start, or since {@link #forgetPeak}. */
    public long peakResidentBytes() {
        return status("VmHWM:");
    }

    /** The peak is what is resident now; proc(5), {@code /proc/pid/clear_refs}. */
    public void forgetPeak() {
        try {
            Files.writeString(file("clear_refs"), "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left in the heap after a full collection. */
    public long liveHeapBytes() {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new AssertionError("jcmd does not tell how much of the heap is used");
        }
        return Long.parseLong(used.group(1)) * 1024;
    }

    /** How many sockets it holds. */
    public long sockets() {
        try (Stream<Path> open = Files.list(file("fd"))) {
            return open.filter(RunningService::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private long status(String name) {
        try {
            return Files.readAllLines(file("status")).stream()
                            .filter(line -> line.startsWith(name))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }

    private String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
