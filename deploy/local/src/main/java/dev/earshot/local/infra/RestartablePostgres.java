package dev.earshot.local.infra;

import dev.earshot.local.service.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The real server, which can be ended and started again on its port and its data. Its methods block. */
public final class RestartablePostgres implements AutoCloseable {
    private static final long KILL_PATIENCE_SECONDS = 10;

    private final Path data;
    private final Path log;
    private final int port;
    private final Listener listener;
    private @Nullable PostgresServer server;
    /** The process that is to run; any other one may end. */
    private volatile long pid;

    public RestartablePostgres(Path data, Path log, int port, Listener listener) {
        this.data = data;
        this.log = log;
        this.port = port;
        this.listener = listener;
    }

    /** Hears of processes that come and go. */
    public interface Listener {
        void started(long pid) throws IOException;

        /** Because it was told to. */
        void ended(long pid);

        /** Without having been told to. */
        void crashed();
    }

    public synchronized void start() throws IOException, SQLException {
        if (server != null) {
            throw new IllegalArgumentException("PostgreSQL is running already");
        }
        server = PostgresServer.start(data, log, port);
        Long started = PostgresServer.pid(data);
        if (started != null) {
            pid = started;
            listener.started(pid);
            ProcessHandle.of(pid).ifPresent(process -> Thread.ofVirtual().start(() -> watch(process)));
        }
    }

    /** Fast shutdown: connections are told and closed. */
    public synchronized void stop() throws IOException {
        long ending = pid;
        pid = 0;
        end(ending);
    }

    private void end(long ending) throws IOException {
        PostgresServer running = server;
        server = null;
        if (running != null) {
            running.close();
            listener.ended(ending);
        }
    }

    /** Immediate shutdown, as if the machine had lost its power: the next start recovers from the log. */
    public synchronized void kill() throws IOException, InterruptedException {
        long ending = pid;
        pid = 0;
        if (server != null) {
            Signals.send("QUIT", ending);
            awaitEnd(ending);
        }
        end(ending);
    }

    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private void watch(ProcessHandle process) {
        var unused = process.onExit().join();
        if (process.pid() == pid) {
            listener.crashed();
        }
    }

    private static void awaitEnd(long pid) throws IOException, InterruptedException {
        try {
            ProcessHandle process = ProcessHandle.of(pid).orElse(null);
            if (process != null) {
                process.onExit().get(KILL_PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException stubborn) {
            throw new IOException("PostgreSQL did not end", stubborn);
        }
    }
}
