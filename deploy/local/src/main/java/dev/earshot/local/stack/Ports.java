package dev.earshot.local.stack;

import dev.earshot.local.home.StackFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Which port each part gets. */
public final class Ports {
    /**
     * Below what operating systems give to outgoing connections: a service that is stopped and started again finds its port free, however
     * many connections were made meanwhile.
     */
    private static final int LOWEST_UNUSED = 20_000;

    private static final int HIGHEST_UNUSED = 32_000;
    private static final int TRIES = 1000;

    private final Map<PortName, Integer> byName;

    private Ports(Map<PortName, Integer> byName) {
        this.byName = byName;
    }

    /**
     * @param free any free ports instead of the usual ones
     * @param chosen wins over both
     */
    public static Ports choose(boolean free, Map<String, String> chosen) throws StackFailure {
        Map<PortName, Integer> byName = new EnumMap<>(PortName.class);
        Iterator<Integer> unused = (free ? unused(PortName.values().length) : List.<Integer>of()).iterator();
        for (PortName name : PortName.values()) {
            byName.put(name, free ? unused.next() : Integer.valueOf(name.usual()));
        }
        for (Map.Entry<String, String> choice : chosen.entrySet()) {
            byName.put(PortName.parse(choice.getKey()), number(choice));
        }
        return new Ports(byName);
    }

    public int of(PortName name) {
        return byName.getOrDefault(name, name.usual());
    }

    public String url(PortName name) {
        return "http://127.0.0.1:" + of(name);
    }

    /** Says which port is taken before anything is started. */
    public void requireFree() throws StackFailure {
        for (PortName name : PortName.values()) {
            int port = of(name);
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException taken) {
                throw new StackFailure(
                        "Port %d (%s) is in use. Stop the program that has it, or choose another one: ./earshot up --port %s=%d"
                                .formatted(
                                        port,
                                        name.text(),
                                        name.text(),
                                        port + 10_000 > 65_535 ? port - 5_000 : port + 10_000),
                        taken);
            }
        }
    }

    /** Free ports, all different because all are held until the last is known. */
    static List<Integer> unused(int count) throws StackFailure {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(unused());
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException failure) {
            throw new StackFailure("No free port could be found: " + failure.getMessage(), failure);
        } finally {
            held.forEach(Ports::release);
        }
    }

    private static ServerSocket unused() throws IOException {
        IOException last = new IOException("none was tried");
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_UNUSED, HIGHEST_UNUSED);
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last;
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException harmless) {
            // It was only held so that no other gets the same number.
        }
    }

    private static int number(Map.Entry<String, String> choice) throws StackFailure {
        try {
            int port = Integer.parseInt(choice.getValue());
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new StackFailure(
                "A port is a number from 1 to 65535: --port " + choice.getKey() + "=" + choice.getValue());
    }
}
