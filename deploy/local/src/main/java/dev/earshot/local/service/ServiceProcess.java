package dev.earshot.local.service;

import dev.earshot.local.home.EnvFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One service's process, which can be ended and started again. All methods block; none belongs on an event loop. */
public final class ServiceProcess {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);

    private final ServiceSpec spec;
    private final Listener listener;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;
    /** Those whose end is no crash; each process answers for itself, since the next one may be running already. */
    private final Set<Process> expectedToEnd = new HashSet<>();

    public ServiceProcess(ServiceSpec spec, Listener listener) {
        this.spec = spec;
        this.listener = listener;
    }

    /** Hears of processes that come and go. */
    public interface Listener {
        void started(String service, long pid) throws IOException;

        /** Answers for itself; returns when others may be told that it is ready. */
        void ready(String service) throws IOException, InterruptedException;

        void ended(String service, long pid);

        /** Ended without having been told to; the message is for a person. */
        void crashed(String service, String message);
    }

    public String name() {
        return spec.name();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    public synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    /** Starts the process; {@link #awaitReady} waits for the service in it. */
    public synchronized void start(StartOptions options) throws IOException {
        if (isRunning()) {
            throw new IllegalStateException(spec.name() + " is running already");
        }
        ProcessBuilder builder = new ProcessBuilder(command(options))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().putAll(spec.environment());
        EnvFile.write(spec.environmentFile(), variables(options));
        Process started = builder.start();
        started.getOutputStream().close();
        process = started;
        if (options.mayEnd()) {
            expectedToEnd.add(started);
        }
        listener.started(spec.name(), started.pid());
        Thread.ofVirtual().name(spec.name() + "-exit").start(() -> exited(started));
    }

    /** @throws IOException if the service ends or is not ready in time; the message has its last log lines */
    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady()) {
            if (!isRunning()) {
                throw new IOException(lastWords("ended while it was starting"));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(lastWords("was not ready after " + START_PATIENCE.toSeconds() + " s"));
            }
            Thread.sleep(PROBE_INTERVAL);
        }
        listener.ready(spec.name());
    }

    public boolean isReady() throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(URI.create(spec.managementUrl() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(3))
                .build();
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SIGTERM, and SIGKILL when it takes too long. @return whether it ended by itself */
    public boolean stop(Duration patience) throws InterruptedException {
        Process running = expectEnd();
        if (running == null) {
            return true;
        }
        running.destroy();
        boolean ended = running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            kill();
        }
        return ended;
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        Process running = expectEnd();
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    private synchronized @Nullable Process expectEnd() {
        if (process == null || !process.isAlive()) {
            return null;
        }
        expectedToEnd.add(process);
        return process;
    }

    private void exited(Process ended) {
        var unused = ended.onExit().join();
        boolean expected;
        synchronized (this) {
            expected = expectedToEnd.remove(ended);
        }
        listener.ended(spec.name(), ended.pid());
        if (!expected) {
            listener.crashed(spec.name(), lastWords("ended with exit code " + ended.exitValue()));
        }
    }

    /**
     * The shell makes the service ignore Ctrl-C, which a terminal sends to every process: the stack stops them in order instead. {@code exec}
     * keeps the process id.
     */
    private List<String> command(StartOptions options) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Xmx512m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(options.jvm());
        properties(options).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(spec.jar().toString());
        return command;
    }

    private Map<String, String> properties(StartOptions options) {
        Map<String, String> properties = new TreeMap<>(spec.properties());
        properties.putAll(options.properties());
        return properties;
    }

    /** All of it as an environment: who examines the configuration is told of it so. */
    private Map<String, String> variables(StartOptions options) {
        Map<String, String> variables = new TreeMap<>(spec.environment());
        properties(options).forEach((key, value) -> variables.put(EnvFile.variable(key), value));
        return variables;
    }

    private String lastWords(String event) {
        return LogTail.after("The " + spec.name() + " " + event, spec.log());
    }
}
