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
import dev.earshot.local.service.ServiceProcess;
import dev.earshot.local.service.ServiceSpec;
import dev.earshot.local.service.StartOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The whole stack, from the lock on its folder to the services. */
public final class Stack implements ServiceProcess.Listener {
    /** Services drain for 60 s in production; nobody who pressed Ctrl-C wants to wait for that. */
    private static final Duration SERVICE_STOP_PATIENCE = Duration.ofSeconds(15);

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final StackOptions options;
    private final Console console;
    private final Teardown teardown;
    private final StaleProcesses processes;
    private final Map<String, ServiceProcess> services = new ConcurrentHashMap<>();
    private final ReentrantLock starting = new ReentrantLock();
    private final BlockingQueue<String> crashes = new LinkedBlockingQueue<>();
    private volatile boolean ready;
    private volatile boolean stopping;
    private final Watchdog watchdog;

    public Stack(StackOptions options, Console console) throws IOException {
        this.options = options;
        this.console = console;
        teardown = new Teardown(console);
        processes = new StaleProcesses(options.home());
        watchdog = new Watchdog();
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
            ServiceSpecs.requireBuilt(options.repository());
        }
        options.ports().requireFree();
        home.keepPreviousLogs("gateway", "fetcher", "postgres");
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
            startServices(parallel, new ServiceSpecs(options, where));
        }
        requireNotStopping();
        publish(where);
        ready = true;
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
                for (ServiceProcess service : services.values()) {
                    service.kill();
                }
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

    @Override
    public void started(String service, long pid) throws IOException {
        watchdog.service(pid);
        processes.record(service, pid);
    }

    @Override
    public void ended(String service, long pid) {
        watchdog.forget(pid);
        processes.forget(service);
    }

    @Override
    public void crashed(String service, String message) {
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
        return Map.of(
                "gateway", ServiceSpecs.mark(home, "gateway"),
                "fetcher", ServiceSpecs.mark(home, "fetcher"),
                "postgres", home.data("postgres").toString());
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
                new ServiceRoutes(vertx, this::services)));
        if (options.twilioUrl().isEmpty()) {
            groups.add(new CallRoutes(vertx, files, infrastructure.simulatorDirectUrl()));
        }
        Infrastructure.await(ControlApi.start(
                vertx,
                options.ports().of(PortName.CONTROL),
                () -> new JsonObject().put("ready", ready),
                groups.toArray(ControlApi.Routes[]::new)));
    }

    private Collection<ServiceProcess> services() {
        return services.values();
    }

    private void startServices(Parallel parallel, ServiceSpecs specs) throws StackFailure, InterruptedException {
        ServiceSpec gateway = specs.gateway();
        ServiceSpec fetcher = specs.fetcher();
        parallel.start(List.of(
                new Parallel.Part("Gateway", () -> startService("Gateway", gateway)),
                new Parallel.Part("Fetcher", () -> startService("Fetcher", fetcher))));
    }

    private void startService(String shown, ServiceSpec spec) throws StackFailure, InterruptedException {
        ServiceProcess service = new ServiceProcess(spec, this);
        services.put(spec.name(), service);
        teardown.push(shown, () -> stopService(service));
        try {
            service.start(StartOptions.NORMAL);
            service.awaitReady();
        } catch (IOException failure) {
            throw new StackFailure(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static void stopService(ServiceProcess service) throws InterruptedException, IOException {
        if (!service.stop(SERVICE_STOP_PATIENCE)) {
            throw new IOException("did not stop within " + SERVICE_STOP_PATIENCE.toSeconds() + " s and was killed");
        }
    }

    /** Readers never see half a file. */
    private void publish(Coordinates where) throws IOException {
        Path file = options.home().stackFile();
        Path unfinished = options.home().run("stack.json.new");
        Files.writeString(unfinished, where.json().encodePrettily() + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
