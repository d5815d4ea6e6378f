package dev.earshot.gateway.playback;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * The end of an answer that cannot be completed: a reset, which nobody takes for an end. HTTP/2 resets the one stream.
 * HTTP/1 has no such thing, and Vert.x ends its connection in order, after all that waits for a listener who may never
 * take it; so there the connection itself is reset and what waits is dropped.
 */
public final class BrokenOff {
    /** HTTP/2's INTERNAL_ERROR. */
    private static final long INTERNAL_ERROR = 0x2;

    private BrokenOff() {}

    /** Must be called on the connection's event loop. */
    public static void reset(RoutingContext routing) {
        if (routing.request().version() != HttpVersion.HTTP_2
                && routing.request().connection() instanceof ConnectionBase connection) {
            reset(connection.channel());
        } else {
            routing.response().reset(INTERNAL_ERROR);
        }
    }

    private static void reset(Channel channel) {
        try {
            if (channel.isOpen()) {
                // With nothing to linger for, a close is a TCP reset.
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
        } catch (ChannelException gone) {
            // The listener was faster; some systems then refuse the option.
        }
        var unused = channel.close();
    }
}
