package dev.earshot.local.relay;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;

/** One client's connection and the one to the server that belongs to it. */
final class RelayConnection {
    private final NetSocket client;
    private final NetSocket server;
    private final Direction toServer;
    private final Direction toClient;
    private Runnable closed = () -> {};
    private boolean over;
    private boolean abandoned;

    RelayConnection(Vertx vertx, NetSocket client, NetSocket server, Relay.Traffic traffic) {
        this.client = client;
        this.server = server;
        toServer = new Direction(vertx, client, server, traffic.toServer());
        toClient = new Direction(vertx, server, client, traffic.toClient());
        bindEnds(client, server, toServer);
        bindEnds(server, client, toClient);
    }

    void onClosed(Runnable action) {
        closed = action;
    }

    void pass(long delayMillis) {
        if (abandoned) {
            return;
        }
        delay(delayMillis);
        toServer.flow();
        toClient.flow();
    }

    void stall() {
        toServer.stall();
        toClient.stall();
    }

    /** Stays open and passes nothing on any more; only a reset ends it. */
    void abandon() {
        abandoned = true;
        stall();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** The port that the server sees its client on. */
    int serverSidePort() {
        return server.localAddress().port();
    }

    void delay(long millis) {
        toServer.delay(millis);
        toClient.delay(millis);
    }

    void reset() {
        end();
        Sockets.reset(client);
        Sockets.reset(server);
    }

    /** An orderly end is passed on after the bytes before it; a reset is passed on as a reset. */
    private void bindEnds(NetSocket source, NetSocket target, Direction direction) {
        source.exceptionHandler(failure -> {
            end();
            Sockets.reset(target);
        });
        source.endHandler(ignored -> {
            end();
            direction.finish(() -> Sockets.close(target));
        });
    }

    private void end() {
        if (!over) {
            over = true;
            closed.run();
        }
    }
}
