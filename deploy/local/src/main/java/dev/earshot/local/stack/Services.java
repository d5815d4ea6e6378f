package dev.earshot.local.stack;

import dev.earshot.local.balancer.HaproxyConfig;
import dev.earshot.local.balancer.HaproxyServer;
import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import dev.earshot.local.service.ServiceProcess;
import dev.earshot.local.service.ServiceSpec;
import dev.earshot.local.service.StartOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All gateways and fetchers, and the load balancer if there are several. */
final class Services implements ServiceProcess.Listener {
    static final String BALANCER = "haproxy";
    /** Services drain for 60 s in production; nobody who pressed Ctrl-C wants to wait for that. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    private final StackOptions options;
    private final Teardown teardown;
    private final Watchdog watchdog;
    private final StaleProcesses processes;
    private final Consumer<String> crashed;
    private final Map<String, ServiceProcess> running = new ConcurrentHashMap<>();
    private volatile @Nullable HaproxyServer balancer;

    /** @param crashed hears of an end that nobody asked for */
    Services(
            StackOptions options,
            Teardown teardown,
            Watchdog watchdog,
            StaleProcesses processes,
            Consumer<String> crashed) {
        this.options = options;
        this.teardown = teardown;
        this.watchdog = watchdog;
        this.processes = processes;
        this.crashed = crashed;
    }

    /** Asked before anything is started. */
    static void requireInstalled(StackOptions options) throws StackFailure {
        ServiceSpecs.requireBuilt(options.repository());
        if (options.replicas() > 1) {
            var unused = HaproxyServer.requireInstalled();
        }
    }

    /** Those that exist by now. */
    Collection<ServiceProcess> all() {
        return running.values();
    }

    /** Ends at once what is still starting. */
    void killAll() throws InterruptedException {
        for (ServiceProcess service : running.values()) {
            service.kill();
        }
    }

    /** All at once; the balancer before them, so that it ends after them: streams that drain go through it. */
    void start(Parallel parallel, Coordinates where) throws StackFailure, InterruptedException {
        Replicas replicas = where.replicas();
        if (where.hasBalancer()) {
            parallel.start(List.of(new Parallel.Part("Load balancer (HAProxy)", () -> startBalancer(where))));
        }
        ServiceSpecs specs = new ServiceSpecs(options, where);
        Teardown.Group group = teardown.pushGroup();
        parallel.start(replicas.all()
                .map(replica ->
                        new Parallel.Part(replica.shown(), () -> start(replica.shown(), specs.of(replica), group)))
                .toList());
    }

    private void start(String shown, ServiceSpec spec, Teardown.Group group) throws StackFailure, InterruptedException {
        ServiceProcess service = new ServiceProcess(spec, this);
        running.put(spec.name(), service);
        group.add(shown, () -> stop(service));
        try {
            service.start(StartOptions.NORMAL);
            service.awaitReady();
        } catch (IOException failure) {
            throw new StackFailure(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static void stop(ServiceProcess service) throws InterruptedException, IOException {
        if (!service.stop(STOP_PATIENCE)) {
            throw new IOException("did not stop within " + STOP_PATIENCE.toSeconds() + " s and was killed");
        }
    }

    private void startBalancer(Coordinates where) throws StackFailure, IOException {
        StackHome home = options.home();
        HaproxyConfig config = new HaproxyConfig(
                options.ports().of(PortName.GATEWAY),
                where.balancerStatsPort(),
                where.replicas().gateways().stream()
                        .map(gateway ->
                                new HaproxyConfig.Gateway(gateway.name(), gateway.port(), gateway.managementPort()))
                        .toList());
        HaproxyServer started = HaproxyServer.start(
                HaproxyServer.requireInstalled(), config, balancerFile(home), home.log(BALANCER), crashed);
        teardown.push("Load balancer (HAProxy)", () -> {
            started.close();
            ended(BALANCER, started.pid());
        });
        started(BALANCER, started.pid());
        balancer = started;
    }

    /** Its configuration, and by its command line the mark of the process. */
    static Path balancerFile(StackHome home) {
        return home.run("haproxy.cfg");
    }

    @Override
    public void started(String service, long pid) throws IOException {
        watchdog.service(pid);
        processes.record(service, pid);
    }

    /** A gateway is ready when requests come to it. */
    @Override
    public void ready(String service) throws IOException, InterruptedException {
        HaproxyServer inFront = balancer;
        if (inFront != null && service.startsWith("gateway")) {
            inFront.awaitUp(service);
        }
    }

    @Override
    public void ended(String service, long pid) {
        watchdog.forget(pid);
        processes.forget(service);
    }

    @Override
    public void crashed(String service, String message) {
        crashed.accept(message);
    }
}
