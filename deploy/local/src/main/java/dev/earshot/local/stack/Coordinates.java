package dev.earshot.local.stack;

import dev.earshot.local.infra.PostgresServer;
import dev.earshot.local.infra.S3Server;
import dev.earshot.local.simulator.Account;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is. {@code direct} addresses go around the relays, so that a test can look at a part that is cut off for the
 * services.
 *
 * @param balancerStatsPort 0 without a load balancer
 * @param simulatorDirectPort 0 without a simulator
 */
record Coordinates(
        Ports ports,
        Replicas replicas,
        int balancerStatsPort,
        int gatewayRelayPort,
        String oidcIssuer,
        int postgresDirectPort,
        int kafkaDirectPort,
        int s3DirectPort,
        int simulatorDirectPort,
        @Nullable String twilioUrl,
        List<Account> accounts) {

    String kafkaBootstrap() {
        return "127.0.0.1:" + ports.of(PortName.KAFKA);
    }

    String kafkaDirectBootstrap() {
        return "127.0.0.1:" + kafkaDirectPort;
    }

    String postgresUrl(String scheme, int port) {
        return scheme + "://127.0.0.1:" + port + "/" + PostgresServer.DATABASE;
    }

    String jdbcUrl() {
        return postgresUrl("jdbc:postgresql", ports.of(PortName.POSTGRES));
    }

    String reactiveUrl() {
        return postgresUrl("postgresql", ports.of(PortName.POSTGRES));
    }

    /** Twilio, as the fetcher is told. */
    String twilioBaseUrl() {
        return twilioUrl == null ? ports.url(PortName.SIMULATOR) : twilioUrl;
    }

    boolean hasSimulator() {
        return twilioUrl == null;
    }

    boolean hasBalancer() {
        return balancerStatsPort > 0;
    }

    /** The content of {@code run/stack.json}. */
    JsonObject json() {
        JsonArray accountList = new JsonArray();
        accounts.forEach(account -> accountList.add(json(account)));
        JsonArray services = new JsonArray();
        replicas.all().forEach(replica -> services.add(json(replica)));
        return new JsonObject()
                .put("gatewayUrl", ports.url(PortName.GATEWAY))
                .put("gatewayRelayUrl", "http://127.0.0.1:" + gatewayRelayPort)
                .put("gatewayManagementUrl", ports.url(PortName.GATEWAY_MANAGEMENT))
                .put("fetcherManagementUrl", ports.url(PortName.FETCHER_MANAGEMENT))
                .put("services", services)
                .put("balancerUrl", hasBalancer() ? "http://127.0.0.1:" + balancerStatsPort + "/" : null)
                .put("controlUrl", ports.url(PortName.CONTROL))
                .put("simulatorUrl", hasSimulator() ? ports.url(PortName.SIMULATOR) : null)
                .put("simulatorDirectUrl", hasSimulator() ? "http://127.0.0.1:" + simulatorDirectPort : null)
                .put("twilioBaseUrl", twilioBaseUrl())
                .put("oidcIssuer", oidcIssuer)
                .put("kafkaBootstrap", kafkaBootstrap())
                .put("kafkaDirectBootstrap", kafkaDirectBootstrap())
                .put("postgres", postgres())
                .put("s3", s3())
                .put("accounts", accountList);
    }

    private static JsonObject json(Replica replica) {
        JsonObject json = new JsonObject().put("name", replica.name());
        if (replica.port() > 0) {
            json.put("url", replica.url());
        }
        return json.put("managementUrl", replica.managementUrl());
    }

    private JsonObject postgres() {
        return new JsonObject()
                .put("reactiveUrl", reactiveUrl())
                .put("jdbcUrl", jdbcUrl())
                .put("directJdbcUrl", postgresUrl("jdbc:postgresql", postgresDirectPort))
                .put("user", PostgresServer.USER)
                .put("password", PostgresServer.PASSWORD)
                .put("database", PostgresServer.DATABASE);
    }

    private JsonObject s3() {
        return new JsonObject()
                .put("endpoint", ports.url(PortName.S3))
                .put("directEndpoint", "http://127.0.0.1:" + s3DirectPort)
                .put("accessKey", S3Server.ACCESS_KEY)
                .put("secretKey", S3Server.SECRET_KEY)
                .put("region", S3Server.REGION)
                .put("bucket", S3Server.BUCKET);
    }

    /** Credentials of the simulator's accounts only: real ones stay in their files. */
    private JsonObject json(Account account) {
        JsonObject json = new JsonObject().put("accountSid", account.accountSid());
        if (hasSimulator()) {
            json.put("authToken", account.authToken());
        }
        if (account.tenant().isPresent()) {
            json.put("tenant", account.tenant().get());
        } else {
            json.put("shared", true);
        }
        return json.put("format", account.format().text());
    }
}
