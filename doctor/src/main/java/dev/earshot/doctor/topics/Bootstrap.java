package dev.earshot.doctor.topics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** The addresses of Kafka, knocked at: its client tries a dead one until the time-out, and does not tell what it met. */
final class Bootstrap {
    private Bootstrap() {}

    /**
     * @param servers {@code host:port,host:port}
     * @return why nobody can be reached; empty if somebody listens, or if the client has to say what is wrong with an address
     */
    static Optional<String> silence(String servers, Duration patience) {
        List<String> addresses = List.of(servers.strip().split("\\s*,\\s*"));
        Duration each = patience.dividedBy(addresses.size());
        String why = "";
        for (String address : addresses) {
            String host = Utils.getHost(address);
            Integer port = Utils.getPort(address);
            if (host == null || port == null) {
                return Optional.empty();
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), (int) each.toMillis());
                return Optional.empty();
            } catch (UnknownHostException e) {
                why = "no such host";
            } catch (IOException e) {
                why = "it refuses connections, or none comes about";
            }
        }
        return Optional.of(why);
    }
}
