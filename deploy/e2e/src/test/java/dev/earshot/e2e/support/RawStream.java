package dev.earshot.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One request for audio on a bare socket, whose reader decides how fast it reads and how it leaves. */
public final class RawStream implements AutoCloseable {
    private final SocketChannel channel;
    private long readBytes;

    private RawStream(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects and asks; nothing is read yet.
     *
     * @param range the value of the Range header, or empty for all of it
     * @param receiveBufferBytes what the operating system may take from the gateway before we read; 0 is its own default
     */
    public static RawStream open(Listener listener, String recordingSid, String range, int receiveBufferBytes) {
        URI gateway = URI.create(Stack.running().gatewayUrl());
        try {
            SocketChannel channel = SocketChannel.open();
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
            String request = "GET /api/recordings/" + recordingSid + "/stream HTTP/1.1\r\nHost: " + gateway.getHost()
                    + "\r\nAuthorization: Bearer " + listener.token()
                    + (range.isEmpty() ? "" : "\r\nRange: " + range) + "\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new RawStream(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what is there, at most so much, without waiting for more. */
    public void readSome(ByteBuffer into) {
        try {
            channel.configureBlocking(false);
            into.clear();
            int count = channel.read(into);
            if (count < 0) {
                throw new AssertionError("the gateway ended the stream after " + readBytes + " bytes");
            }
            readBytes += count;
        } catch (IOException e) {
            throw new UncheckedIOException("after " + readBytes + " bytes", e);
        }
    }

    /** Waits for the first bytes and reads on until it has so many, or the stream is over. */
    public void read(int bytes) {
        ByteBuffer into = ByteBuffer.allocate(64 * 1024);
        try {
            channel.configureBlocking(true);
            while (readBytes < bytes && channel.read(into.clear()) >= 0) {
                readBytes += into.position();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after " + readBytes + " bytes", e);
        }
    }

    /** What came so far, the head included. */
    public long readBytes() {
        return readBytes;
    }

    /** Leaves without a word: a TCP reset. */
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
