package dev.earshot.local.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.NetSocketInternal;

/** Ends a connection with a TCP reset, which Vert.x offers only through its Netty channel (SO_LINGER 0, RFC 9293 abort). */
public final class Sockets {
    private Sockets() {}

    /** Closes after what was written before; a socket that is gone already is as good. */
    static void close(NetSocket socket) {
        socket.close().onFailure(gone -> {});
    }

    public static void reset(NetSocket socket) {
        reset(((NetSocketInternal) socket).channelHandlerContext().channel());
    }

    public static void reset(HttpConnection connection) {
        reset(((ConnectionBase) connection).channel());
    }

    private static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            var unused = channel.close();
        }
    }
}
