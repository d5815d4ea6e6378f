package dev.earshot.local;

import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** What {@code up} prints when all is ready: where things are and how to try them. */
final class Welcome {
    private Welcome() {}

    /** @param where the content of {@code run/stack.json} */
    static String text(JsonObject where) {
        String places = """

                  Gateway ................ %s
                  Console ................ %s/console/  (sign in as whom you like)
                %s
                  OpenID provider ........ %s
                  Kafka .................. %s
                  Stack control .......... %s/control/status
                """.formatted(
                        where.getString("gatewayUrl"),
                        where.getString("gatewayUrl"),
                        where.getString("balancerUrl") == null ? health(where) : replicas(where),
                        where.getString("oidcIssuer"),
                        where.getString("kafkaBootstrap"),
                        where.getString("controlUrl"));
        return where.getString("simulatorUrl") == null ? places : places + simulator(where);
    }

    private static String health(JsonObject where) {
        String gateway = where.getString("gatewayManagementUrl");
        return "  Health and metrics ..... %s/q/health  %s/q/metrics  (fetcher: %s)"
                .formatted(gateway, gateway, where.getString("fetcherManagementUrl"));
    }

    private static String replicas(JsonObject where) {
        String services = where.getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .map(service -> service.getString("name") + " " + service.getString("managementUrl"))
                .collect(Collectors.joining("  "));
        return "  HAProxy about them ..... %s\n  Health and metrics ..... %s"
                .formatted(where.getString("balancerUrl"), services);
    }

    private static String simulator(JsonObject where) {
        String gateway = where.getString("gatewayUrl");
        return """
                  Twilio simulator ....... %s/simulator

                Try it in the console: sign in as Ben, place a simulated call, and press play. Or in another terminal:
                  TOKEN=$(./earshot token --tenant acme)
                  ./earshot call --tenant acme --seconds 20        # prints callSid, recordingSid and sha256
                  curl -H "Authorization: Bearer $TOKEN" -H "Prefer: wait=20" -o call.mp3 %s/api/recordings/RE.../stream
                  curl -H "Authorization: Bearer $TOKEN" %s/api/recordings/RE...
                Stop it with Ctrl-C, or ./earshot down.
                """.formatted(where.getString("simulatorUrl"), gateway, gateway);
    }
}
