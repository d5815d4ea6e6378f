package dev.earshot.local.relay;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One port in front of another one. Methods may be called from any thread; they act on the relay's event loop. */
public final class Relay extends AbstractVerticle {
    private static final String HOST = "127.0.0.1";

    private final String name;
    private final int port;
    private final int target;
    private final Set<RelayConnection> connections = new HashSet<>();
    private final Traffic traffic = new Traffic(new AtomicLong(), new AtomicLong());
    private State state = State.PASSING;
    private long delayMillis;
    private @Nullable NetServer server;
    private @Nullable NetClient client;

    /**
     * @param port where clients connect
     * @param target where the real server listens
     */
    public Relay(String name, int port, int target) {
        this.name = name;
        this.port = port;
        this.target = target;
    }

    /** What a relay does with bytes. */
    public enum State {
        PASSING,
        STALLED,
        CUT;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Bytes since the start, of all connections. */
    record Traffic(AtomicLong toServer, AtomicLong toClient) {}

    /** What {@code GET /control/relays} shows. */
    public record Status(
            String name, String state, long delayMillis, int connections, long bytesToServer, long bytesToClient) {}

    @Override
    public void start(Promise<Void> started) {
        client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(5_000).setTcpNoDelay(true));
        listen().onComplete(started);
    }

    /** Refuses new connections and resets those that exist, as a dead host would. */
    public Future<Void> cut() {
        return act(() -> {
            state = State.CUT;
            List.copyOf(connections).forEach(RelayConnection::reset);
            NetServer listening = server;
            server = null;
            return listening == null ? Future.<Void>succeededFuture() : listening.close();
        });
    }

    /** Accepts connections and passes nothing on, as an overloaded host or a firewall that drops packets would. */
    public Future<Void> stall() {
        return act(() -> {
            state = State.STALLED;
            connections.forEach(RelayConnection::stall);
            return listen();
        });
    }

    /**
     * Makes what is open dead for ever, as after a fail-over whose packets are lost: neither side is told, what is new passes. Ended by
     * {@link #heal} and {@link #cut} alone, which reset it.
     *
     * @param serverSidePort the one connection that the server sees on this port, or all of them
     */
    public Future<Void> abandon(OptionalInt serverSidePort) {
        return act(() -> {
            connections.stream()
                    .filter(connection ->
                            serverSidePort.isEmpty() || connection.serverSidePort() == serverSidePort.getAsInt())
                    .forEach(RelayConnection::abandon);
            return Future.succeededFuture();
        });
    }

    public Future<Void> heal() {
        return act(() -> {
            state = State.PASSING;
            delayMillis = 0;
            List.copyOf(connections).stream()
                    .filter(RelayConnection::isAbandoned)
                    .forEach(RelayConnection::reset);
            connections.forEach(connection -> connection.pass(0));
            return listen();
        });
    }

    /** Holds each piece of data for so long before it is passed on; 0 is none. */
    public Future<Void> delay(long millis) {
        return act(() -> {
            delayMillis = millis;
            connections.forEach(connection -> connection.delay(millis));
            return Future.succeededFuture();
        });
    }

    public Future<Status> status() {
        return act(() -> Future.succeededFuture(new Status(
                name,
                state.text(),
                delayMillis,
                connections.size(),
                traffic.toServer().get(),
                traffic.toClient().get())));
    }

    public String relayName() {
        return name;
    }

    private <T> Future<T> act(Callable<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(ignored -> {
            try {
                action.call().onComplete(done);
            } catch (Exception failure) {
                done.fail(failure);
            }
        });
        return done.future();
    }

    private Future<Void> listen() {
        if (server != null) {
            return Future.succeededFuture();
        }
        NetServer created = vertx.createNetServer(
                new NetServerOptions().setHost(HOST).setPort(port).setTcpNoDelay(true));
        server = created.connectHandler(this::connect);
        return created.listen().mapEmpty();
    }

    private void connect(NetSocket inbound) {
        NetClient connector = client;
        if (connector == null) {
            throw new IllegalStateException("The relay " + name + " is not started");
        }
        inbound.pause();
        connector
                .connect(target, HOST)
                .onSuccess(outbound -> join(inbound, outbound))
                .onFailure(refused -> Sockets.reset(inbound));
    }

    private void join(NetSocket inbound, NetSocket outbound) {
        if (state == State.CUT) {
            Sockets.reset(inbound);
            Sockets.reset(outbound);
            return;
        }
        RelayConnection connection = new RelayConnection(vertx, inbound, outbound, traffic);
        connections.add(connection);
        connection.onClosed(() -> connections.remove(connection));
        connection.delay(delayMillis);
        if (state == State.STALLED) {
            connection.stall();
        } else {
            connection.pass(delayMillis);
        }
    }
}
