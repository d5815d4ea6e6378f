package dev.earshot.local.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay in front of a server that sends back what it gets. */
@Timeout(30)
class RelayTest {
    private static final int STALL_SEEN_MILLIS = 300;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger seenByServer = new AtomicInteger();
    private Relay relay = new Relay("unset", 1, 1);
    private int port;

    @BeforeEach
    void start() throws Exception {
        NetServer echo = vertx.createNetServer().connectHandler(socket -> {
            seenByServer.set(socket.remoteAddress().port());
            socket.pipeTo(socket);
        });
        int target = get(echo.listen(0, "127.0.0.1")).actualPort();
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        relay = new Relay("echo", port, target);
        get(vertx.deployVerticle(relay).mapEmpty());
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    @Test
    void passesBytesOnAndCountsThem() throws Exception {
        try (Socket socket = connect()) {
            assertThat(echo(socket, "hello")).isEqualTo("hello");
        }

        Relay.Status status = get(relay.status());
        assertThat(status.bytesToServer()).isEqualTo(5);
        assertThat(status.bytesToClient()).isEqualTo(5);
        assertThat(status.state()).isEqualTo("passing");
    }

    @Test
    void keepsTheOrderOfMuchDataThatIsReadSlowly() throws Exception {
        byte[] sent = new byte[8 << 20];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + i / 251);
        }
        try (Socket socket = connect()) {
            Thread writer = Thread.ofVirtual().start(() -> write(socket, sent));
            byte[] received = new byte[sent.length];
            new DataInputStream(socket.getInputStream()).readFully(received);
            writer.join();

            assertThat(Arrays.equals(received, sent)).isTrue();
        }
    }

    @Test
    void cutResetsWhatIsOpenAndRefusesWhatIsNew() throws Exception {
        try (Socket socket = connect()) {
            assertThat(echo(socket, "hello")).isEqualTo("hello");

            get(relay.cut());

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void healAcceptsAgainAfterACut() throws Exception {
        get(relay.cut());

        get(relay.heal());

        try (Socket socket = connect()) {
            assertThat(echo(socket, "again")).isEqualTo("again");
        }
    }

    @Test
    void stallHoldsBytesBackAndHealPassesThemOn() throws Exception {
        get(relay.stall());
        try (Socket socket = connect()) {
            socket.setSoTimeout(STALL_SEEN_MILLIS);
            write(socket, "held".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            get(relay.heal());

            socket.setSoTimeout(10_000);
            assertThat(read(socket, 4)).isEqualTo("held");
        }
    }

    @Test
    void anAbandonedConnectionIsOpenAndDeadUntilAHealResetsIt() throws Exception {
        try (Socket old = connect()) {
            assertThat(echo(old, "hello")).isEqualTo("hello");
            old.setSoTimeout(STALL_SEEN_MILLIS);

            get(relay.abandon(OptionalInt.empty()));
            write(old, "lost".getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> old.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            try (Socket next = connect()) {
                assertThat(echo(next, "alive")).isEqualTo("alive");
            }
            get(relay.heal());
            assertThatThrownBy(() -> old.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(get(relay.status()).connections()).isZero();
        }
    }

    @Test
    void oneConnectionCanBeAbandonedByThePortThatItsServerSees() throws Exception {
        try (Socket one = connect()) {
            assertThat(echo(one, "hello")).isEqualTo("hello");
            int port = seenByServer.get();
            try (Socket other = connect()) {
                assertThat(echo(other, "hello")).isEqualTo("hello");
                one.setSoTimeout(STALL_SEEN_MILLIS);

                get(relay.abandon(OptionalInt.of(port)));

                write(one, "lost".getBytes(StandardCharsets.US_ASCII));
                assertThatThrownBy(() -> one.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                assertThat(echo(other, "again")).isEqualTo("again");
            }
        }
    }

    @Test
    void delayHoldsEachDirection() throws Exception {
        get(relay.delay(100));
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            assertThat(echo(socket, "late")).isEqualTo("late");

            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(200);
        }
    }

    @Test
    void anEndIsPassedOnAfterTheBytesBeforeIt() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "bye".getBytes(StandardCharsets.US_ASCII));
            assertThat(read(socket, 3)).isEqualTo("bye");
            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static String echo(Socket socket, String text) throws IOException {
        write(socket, text.getBytes(StandardCharsets.US_ASCII));
        return read(socket, text.length());
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static String read(Socket socket, int length) throws IOException {
        InputStream input = socket.getInputStream();
        return new String(input.readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
