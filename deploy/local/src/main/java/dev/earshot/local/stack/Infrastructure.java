package dev.earshot.local.stack;

import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import dev.earshot.local.infra.KafkaServer;
import dev.earshot.local.infra.KafkaTopics;
import dev.earshot.local.infra.OidcServer;
import dev.earshot.local.infra.RestartablePostgres;
import dev.earshot.local.infra.S3Server;
import dev.earshot.local.relay.Relays;
import dev.earshot.local.simulator.Account;
import dev.earshot.local.simulator.Simulator;
import dev.earshot.local.stack.Parallel.Part;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts everything but the services, all at once: none of these parts needs another one to start. */
final class Infrastructure {
    private static final long VERTX_PATIENCE_SECONDS = 20;

    private final StackOptions options;
    private final List<Account> accounts;
    private final Vertx vertx;
    private final Relays relays;
    private final Teardown teardown;
    private final Watchdog watchdog;
    private final StaleProcesses processes;
    private final Consumer<String> crashed;
    private final Direct direct;
    private final RestartablePostgres postgres;
    private @Nullable OidcServer provider;
    private volatile @Nullable S3Server s3;

    Infrastructure(
            StackOptions options,
            List<Account> accounts,
            Vertx vertx,
            Teardown teardown,
            Watchdog watchdog,
            StaleProcesses processes,
            Consumer<String> crashed)
            throws StackFailure {
        this.options = options;
        this.accounts = accounts;
        this.vertx = vertx;
        this.teardown = teardown;
        this.watchdog = watchdog;
        this.processes = processes;
        this.crashed = crashed;
        relays = new Relays(vertx);
        direct = Direct.choose();
        StackHome home = options.home();
        postgres = new RestartablePostgres(
                home.data("postgres"), home.log("postgres"), direct.postgres(), postgresListener());
    }

    /** The free ports of the real servers behind the relays, of the load balancer's own page, and of the relay before the gateway. */
    private record Direct(
            int postgres,
            int kafka,
            int kafkaRelayed,
            int kafkaController,
            int s3,
            int simulator,
            int balancerStats,
            int gatewayRelay) {
        static Direct choose() throws StackFailure {
            List<Integer> free = Ports.unused(8);
            return new Direct(
                    free.get(0),
                    free.get(1),
                    free.get(2),
                    free.get(3),
                    free.get(4),
                    free.get(5),
                    free.get(6),
                    free.get(7));
        }
    }

    Relays relays() {
        return relays;
    }

    RestartablePostgres postgres() {
        return postgres;
    }

    /** The store's next so many uploads are stored and answered with 500. */
    void failAfterStoring(int times) {
        S3Server started = s3;
        if (started != null) {
            started.failAfterStoring(times);
        }
    }

    OidcServer provider() {
        if (provider == null) {
            throw new IllegalStateException("The OpenID provider is not started");
        }
        return provider;
    }

    String simulatorDirectUrl() {
        return "http://127.0.0.1:" + direct.simulator();
    }

    Coordinates start(Parallel parallel) throws StackFailure, InterruptedException {
        List<Part> parts = new ArrayList<>(List.of(
                new Part("PostgreSQL 18", this::startPostgres),
                new Part("Kafka", this::startKafka),
                new Part("S3 (S3Proxy)", this::startS3),
                new Part("OpenID provider", this::startOidc)));
        if (options.twilioUrl().isEmpty()) {
            parts.add(new Part("Twilio simulator", this::startSimulator));
        }
        parallel.start(parts);
        // A way to the gateway that can fail, for whoever takes it; nobody else has to.
        await(relays.add("gateway", direct.gatewayRelay(), options.ports().of(PortName.GATEWAY)));
        return new Coordinates(
                options.ports(),
                Replicas.choose(options.replicas(), options.ports()),
                options.replicas() > 1 ? direct.balancerStats() : 0,
                direct.gatewayRelay(),
                provider().issuer(),
                direct.postgres(),
                direct.kafka(),
                direct.s3(),
                options.twilioUrl().isEmpty() ? direct.simulator() : 0,
                options.twilioUrl().orElse(null),
                accounts);
    }

    private void startPostgres() throws Exception {
        teardown.push("PostgreSQL 18", postgres);
        postgres.start();
        await(relays.add("postgres", options.ports().of(PortName.POSTGRES), direct.postgres()));
    }

    private RestartablePostgres.Listener postgresListener() {
        return new RestartablePostgres.Listener() {
            @Override
            public void started(long pid) throws IOException {
                watchdog.postgres(pid);
                processes.record("postgres", pid);
            }

            @Override
            public void ended(long pid) {
                watchdog.forget(pid);
                processes.forget("postgres");
            }

            @Override
            public void crashed() {
                crashed.accept("PostgreSQL ended. Its log is " + options.home().log("postgres"));
            }
        };
    }

    private void startKafka() throws Exception {
        KafkaServer server = KafkaServer.start(
                options.home().data("kafka"),
                new KafkaServer.Listeners(
                        direct.kafka(),
                        direct.kafkaRelayed(),
                        direct.kafkaController(),
                        options.ports().of(PortName.KAFKA)));
        teardown.push("Kafka", server);
        KafkaTopics.create("127.0.0.1:" + direct.kafka());
        await(relays.add("kafka", options.ports().of(PortName.KAFKA), direct.kafkaRelayed()));
    }

    private void startS3() throws Exception {
        S3Server server = S3Server.start(options.home().data("s3"), direct.s3());
        teardown.push("S3 (S3Proxy)", server);
        s3 = server;
        await(relays.add("s3", options.ports().of(PortName.S3), direct.s3()));
    }

    private void startOidc() throws IOException {
        OidcServer started = OidcServer.start(
                options.ports().of(PortName.OIDC), options.home().run("sign-in.html"));
        teardown.push("OpenID provider", started);
        provider = started;
    }

    private void startSimulator() throws Exception {
        int port = options.ports().of(PortName.SIMULATOR);
        Simulator.Addresses addresses = new Simulator.Addresses(
                "http://127.0.0.1:" + port,
                "http://localhost:" + port,
                options.ports().url(PortName.GATEWAY));
        await(Simulator.start(vertx, direct.simulator(), accounts, addresses));
        await(relays.add("twilio", port, direct.simulator()));
    }

    static <T> T await(Future<T> future) throws StackFailure, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(VERTX_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StackFailure(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException slow) {
            throw new StackFailure("A server did not open its port within " + VERTX_PATIENCE_SECONDS + " s", slow);
        }
    }
}
