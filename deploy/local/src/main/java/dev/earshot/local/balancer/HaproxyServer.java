package dev.earshot.local.balancer;

import dev.earshot.local.home.StackFailure;
import dev.earshot.local.service.LogTail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A running HAProxy. Its methods block. */
public final class HaproxyServer implements AutoCloseable {
    /** Debian's folder is not on everybody's path. */
    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);
    /** The column of a server's state in HAProxy's CSV. */
    private static final int STATUS_COLUMN = 17;

    private final HaproxyConfig config;
    private final Path log;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private volatile boolean toldToEnd;

    private HaproxyServer(HaproxyConfig config, Path log, Process process) {
        this.config = config;
        this.log = log;
        this.process = process;
    }

    /** Asked before anything is started. */
    public static Path requireInstalled() throws StackFailure {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")), USUAL_FOLDERS.stream())
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new StackFailure("More than one replica needs HAProxy, the load balancer, which is not"
                                + " installed. Install the package haproxy, or leave --replicas out"));
    }

    /**
     * Starts it; it serves from then on, as soon as a gateway does.
     *
     * @param configuration where its configuration is written; a part of its command line, by which it is known as ours
     * @param crashed told when it ends without having been told to
     */
    public static HaproxyServer start(
            Path program, HaproxyConfig config, Path configuration, Path log, Consumer<String> crashed)
            throws IOException {
        Files.writeString(configuration, config.text());
        // The shell makes it ignore Ctrl-C, which a terminal sends to every process: the stack stops it last.
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "trap '' INT; exec \"$@\"",
                        "sh",
                        program.toString(),
                        "-db",
                        "-f",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        HaproxyServer server = new HaproxyServer(config, log, process);
        Thread.ofVirtual().name("haproxy-exit").start(() -> server.tellWhenGone(crashed));
        return server;
    }

    public long pid() {
        return process.pid();
    }

    /** Its own page about the gateways. */
    public String statsUrl() {
        return config.statsUrl();
    }

    /** Waits until it gives requests to the gateway. */
    public void awaitUp(String gateway) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isUp(gateway)) {
            if (!process.isAlive()) {
                throw new IOException(lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("HAProxy does not see the " + gateway + " after " + PATIENCE.toSeconds()
                        + " s. Its log is " + log);
            }
            Thread.sleep(PROBE_INTERVAL);
        }
    }

    private boolean isUp(String gateway) throws InterruptedException {
        HttpRequest look = HttpRequest.newBuilder(URI.create(statsUrl() + ";csv"))
                .timeout(Duration.ofSeconds(3))
                .build();
        try {
            return client.send(look, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .map(line -> line.split(",", -1))
                    .anyMatch(columns -> columns.length > STATUS_COLUMN
                            && columns[0].equals(HaproxyConfig.BACKEND)
                            && columns[1].equals(gateway)
                            && columns[STATUS_COLUMN].equals("UP"));
        } catch (IOException notYet) {
            return false;
        }
    }

    private void tellWhenGone(Consumer<String> crashed) {
        var unused = process.onExit().join();
        if (!toldToEnd) {
            crashed.accept(lastWords());
        }
    }

    private String lastWords() {
        return LogTail.after("HAProxy ended with exit code " + process.exitValue(), log);
    }

    @Override
    public void close() throws InterruptedException {
        toldToEnd = true;
        process.destroy();
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
    }
}
