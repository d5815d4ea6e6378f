package dev.earshot.local;

import dev.earshot.local.stack.PortName;
import dev.earshot.local.stack.Ports;

/** What {@code up} prints when all is ready: where things are and how to try them. */
final class Welcome {
    private Welcome() {}

    static String text(String gateway, Ports ports, boolean simulator) {
        String places = """

                  Gateway ................ %s
                  Health and metrics ..... %s/q/health  %s/q/metrics  (fetcher: %s)
                  OpenID provider ........ %s/earshot
                  Kafka .................. 127.0.0.1:%d
                  Stack control .......... %s/control/status
                """.formatted(
                        gateway,
                        ports.url(PortName.GATEWAY_MANAGEMENT),
                        ports.url(PortName.GATEWAY_MANAGEMENT),
                        ports.url(PortName.FETCHER_MANAGEMENT),
                        ports.url(PortName.OIDC),
                        ports.of(PortName.KAFKA),
                        ports.url(PortName.CONTROL));
        return simulator ? places + simulator(gateway, ports) : places;
    }

    private static String simulator(String gateway, Ports ports) {
        return """
                  Twilio simulator ....... %s/simulator

                Try it in another terminal:
                  TOKEN=$(./earshot token --tenant acme)
                  ./earshot call --tenant acme --seconds 20        # prints callSid, recordingSid and sha256
                  curl -H "Authorization: Bearer $TOKEN" -H "Prefer: wait=20" -o call.mp3 %s/api/recordings/RE.../stream
                  curl -H "Authorization: Bearer $TOKEN" %s/api/recordings/RE...
                Stop it with Ctrl-C, or ./earshot down.
                """.formatted(ports.url(PortName.SIMULATOR), gateway, gateway);
    }
}
