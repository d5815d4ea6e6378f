package dev.earshot.local.stack;

import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import dev.earshot.local.infra.PostgresServer;
import dev.earshot.local.infra.S3Server;
import dev.earshot.local.service.ServiceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The configuration with which the local stack starts the services: each key stands in the README's table. */
final class ServiceSpecs {
    private static final String CONSOLE_CLIENT = "earshot-console";

    private final StackOptions options;
    private final Coordinates where;
    /** One for all replicas, and another one each time: the provider's keys are made anew as well. */
    private final String cookieSecret = HexFormat.of().formatHex(randomBytes());

    ServiceSpecs(StackOptions options, Coordinates where) {
        this.options = options;
        this.where = where;
    }

    ServiceSpec of(Replica replica) {
        return switch (replica.service()) {
            case "gateway" -> gateway(replica);
            case "fetcher" -> fetcher(replica);
            default -> throw new IllegalArgumentException(replica.service());
        };
    }

    private ServiceSpec gateway(Replica replica) {
        StackHome home = options.home();
        Map<String, String> properties = common(replica);
        properties.put("quarkus.http.port", String.valueOf(replica.port()));
        properties.put("quarkus.datasource.reactive.url", where.reactiveUrl());
        properties.put("quarkus.datasource.jdbc.url", where.jdbcUrl());
        properties.put("quarkus.datasource.username", PostgresServer.USER);
        properties.put("quarkus.oidc.auth-server-url", where.oidcIssuer());
        properties.put("earshot.console.client-id", CONSOLE_CLIENT);
        if (where.hasSimulator()) {
            properties.put("earshot.console.simulator-url", options.ports().url(PortName.SIMULATOR));
        }
        properties.put("earshot.public-url", options.ports().url(PortName.GATEWAY));
        properties.put("earshot.accounts.directory", home.gatewayAccounts().toString());
        properties.put("earshot.tenants.directory", home.gatewayTenants().toString());
        properties.put("earshot.tickets.keys-file", home.gatewayTicketKeys().toString());
        properties.putAll(options.gatewayProperties());
        return spec(replica, properties);
    }

    private ServiceSpec fetcher(Replica replica) {
        StackHome home = options.home();
        Map<String, String> properties = common(replica);
        // The fetcher has no API; where its server still opens a port, any will do.
        properties.put("quarkus.http.port", String.valueOf(replica.port()));
        properties.put("earshot.twilio.base-url", where.twilioBaseUrl());
        properties.put("earshot.spool.directory", home.spool(replica.name()).toString());
        properties.put("earshot.accounts.directory", home.fetcherAccounts().toString());
        if (where.hasSimulator()) {
            properties.put("earshot.fetch.redirect-hosts", "127.0.0.1");
        }
        properties.putAll(options.fetcherProperties());
        return spec(replica, properties);
    }

    private Map<String, String> common(Replica replica) {
        Map<String, String> properties = new HashMap<>();
        // Marks the process as ours on its command line (StaleProcesses).
        properties.put("earshot.local.service", mark(options.home(), replica.name()));
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.management.host", "127.0.0.1");
        properties.put("quarkus.management.port", String.valueOf(replica.managementPort()));
        properties.put("kafka.bootstrap.servers", where.kafkaBootstrap());
        properties.put("quarkus.s3.endpoint-override", options.ports().url(PortName.S3));
        properties.put("quarkus.s3.aws.region", S3Server.REGION);
        properties.put("quarkus.s3.path-style-access", "true");
        properties.put("earshot.store.bucket", S3Server.BUCKET);
        return properties;
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Ends where the name ends: one replica's is not the beginning of another's. */
    static String mark(StackHome home, String replica) {
        return home.root() + "#" + replica + "#";
    }

    /** Asked before anything is started. */
    static void requireBuilt(Path repository) throws StackFailure {
        for (String service : List.of("gateway", "fetcher")) {
            Path jar = jar(repository, service);
            if (!Files.exists(jar)) {
                throw new StackFailure(
                        "The " + service + " is not built: " + jar + " is missing. Run: ./mvnw -DskipTests package");
            }
        }
    }

    private static Path jar(Path repository, String service) {
        return repository.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
    }

    private ServiceSpec spec(Replica replica, Map<String, String> properties) {
        Path jar = jar(options.repository(), replica.service());
        Map<String, String> secrets = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY,
                "QUARKUS_DATASOURCE_PASSWORD", PostgresServer.PASSWORD));
        if (replica.service().equals("gateway")) {
            secrets.put("EARSHOT_CONSOLE_COOKIE_SECRET", cookieSecret);
        }
        return new ServiceSpec(
                replica.name(),
                jar,
                options.home().log(replica.name()),
                properties,
                secrets,
                options.home().run(replica.name() + ".env"),
                replica.managementUrl());
    }
}
