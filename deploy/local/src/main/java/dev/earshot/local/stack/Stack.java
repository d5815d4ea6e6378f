package dev.earshot.local.stack;

import dev.earshot.local.Console;
import dev.earshot.local.control.AccessRoutes;
import dev.earshot.local.control.CallRoutes;
import dev.earshot.local.control.ControlApi;
import dev.earshot.local.control.PostgresRoutes;
import dev.earshot.local.control.RelayRoutes;
import dev.earshot.local.control.S3Routes;
import dev.earshot.local.control.ServiceRoutes;
import dev.earshot.local.home.AccountFiles;
import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The whole stack, from the lock on its folder to the services. */
public final class Stack {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final StackOptions options;
    private final Console console;
    private final Teardown teardown;
    private final StaleProcesses processes;
    private final Services services;
    private final ReentrantLock starting = new ReentrantLock();
    private final BlockingQueue<String> crashes = new LinkedBlockingQueue<>();
    private volatile boolean ready;
    private volatile JsonObject description = new JsonObject();
    private volatile boolean stopping;
    private final Watchdog watchdog;

    public Stack(StackOptions options, Console console) throws IOException {
        this.options = options;
        this.console = console;
        teardown = new Teardown(console);
        processes = new StaleProcesses(options.home());
        watchdog = new Watchdog();
        services = new Services(options, teardown, watchdog, processes, this::serviceCrashed);
        teardown.push("", watchdog);
    }

    /** Returns when everything is ready. After a failure {@link #stop} has to be called. */
    public void start() throws StackFailure, IOException, InterruptedException {
        starting.lock();
        try {
            startParts();
        } finally {
            starting.unlock();
        }
    }

    private void startParts() throws StackFailure, IOException, InterruptedException {
        StackHome home = options.home();
        home.prepare();
        teardown.push("", StackLock.take(home));
        processes.endAll(marks(home));
        if (options.fresh()) {
            home.empty();
            home.prepare();
        }
        if (!options.infraOnly()) {
            Services.requireInstalled(options);
        }
        options.ports().requireFree();
        home.keepPreviousLogs(logs());
        AccountFiles files = new AccountFiles(home);
        boolean firstTime = files.writeMissing();
        tellCredentials(firstTime);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4).setWorkerPoolSize(8));
        teardown.push("", () -> Infrastructure.await(vertx.close()));
        Parallel parallel = new Parallel(console, home.log("stack"));
        Infrastructure infrastructure =
                new Infrastructure(options, files.load(), vertx, teardown, watchdog, processes, this::crash);
        Coordinates where = infrastructure.start(parallel);
        requireNotStopping();
        startControl(vertx, infrastructure, files);
        if (!options.infraOnly()) {
            services.start(parallel, where);
        }
        requireNotStopping();
        publish(where);
        description = where.json();
        ready = true;
    }

    /** What others read in {@code run/stack.json}; empty until all is ready. */
    public JsonObject description() {
        return description;
    }

    /** Waits until a part crashes and returns what to tell. */
    public String awaitCrash() throws InterruptedException {
        return crashes.take();
    }

    /** Stops everything, the services first. May be called at any time, and again. */
    public void stop() {
        stopping = true;
        boolean wasReady = ready;
        ready = false;
        awaitStart(wasReady);
        try {
            Files.deleteIfExists(options.home().stackFile());
        } catch (IOException harmless) {
            // The lock tells more than the file: who reads it finds nobody there.
        }
        teardown.run();
    }

    /** True from the moment that somebody asked for the end: what fails then is no failure. */
    public boolean isStopping() {
        return stopping;
    }

    /** A part that is half started cannot be stopped; so its start is waited for, and a service's is cut short. */
    private void awaitStart(boolean wasReady) {
        try {
            if (!wasReady) {
                services.killAll();
            }
            if (starting.tryLock(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                starting.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireNotStopping() throws StackFailure {
        if (stopping) {
            throw new StackFailure("The stack was stopped while it was starting");
        }
    }

    /** Stops without a word on the terminal, after a failure has been told there. */
    public void stopQuietly() {
        teardown.quieten();
        stop();
    }

    /** Before everything is ready, whoever starts the part hears of its end. */
    private void serviceCrashed(String message) {
        if (ready) {
            crash(message);
        }
    }

    private void crash(String message) {
        if (!stopping) {
            crashes.add(message);
        }
    }

    private static Map<String, String> marks(StackHome home) {
        Map<String, String> marks = new LinkedHashMap<>();
        Replicas.allNames().forEach(name -> marks.put(name, ServiceSpecs.mark(home, name)));
        marks.put(Services.BALANCER, Services.balancerFile(home).toString());
        marks.put("postgres", home.data("postgres").toString());
        return marks;
    }

    private static List<String> logs() {
        List<String> logs = new ArrayList<>(Replicas.allNames());
        logs.addAll(List.of(Services.BALANCER, "postgres"));
        return logs;
    }

    private void tellCredentials(boolean firstTime) {
        if (options.twilioUrl().isPresent()) {
            console.line("  Twilio is " + options.twilioUrl().get() + ". Its accounts' credentials are read from "
                    + options.home().fetcherAccounts() + " (API) and "
                    + options.home().gatewayAccounts()
                    + " (webhook tokens)"
                    + (firstTime ? ": edit the files there, they only hold the simulator's so far." : "."));
        }
    }

    private void startControl(Vertx vertx, Infrastructure infrastructure, AccountFiles files)
            throws StackFailure, InterruptedException {
        List<ControlApi.Routes> groups = new ArrayList<>(List.of(
                new AccessRoutes(vertx, infrastructure.provider()),
                new RelayRoutes(infrastructure.relays()),
                new PostgresRoutes(vertx, infrastructure.postgres()),
                new S3Routes(infrastructure::failAfterStoring),
                new ServiceRoutes(vertx, services::all)));
        if (options.twilioUrl().isEmpty()) {
            groups.add(new CallRoutes(vertx, files, infrastructure.simulatorDirectUrl()));
        }
        Infrastructure.await(ControlApi.start(
                vertx,
                options.ports().of(PortName.CONTROL),
                () -> new JsonObject().put("ready", ready),
                groups.toArray(ControlApi.Routes[]::new)));
    }

    /** Readers never see half a file. */
    private void publish(Coordinates where) throws IOException {
        Path file = options.home().stackFile();
        Path unfinished = options.home().run("stack.json.new");
        Files.writeString(unfinished, where.json().encodePrettily() + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
