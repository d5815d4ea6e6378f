package dev.earshot.gateway.edge;

import dev.earshot.gateway.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The local stack with everything that goes to the store written down, so that it is seen which keys were ever named. */
public final class WatchedStack implements QuarkusTestResourceLifecycleManager {
    /** Names the file. */
    static final String WATCHED = "earshot.test.s3.watched";

    private static final Path FILE = Path.of("target/watched-s3.log").toAbsolutePath();

    /** The edge as operators may switch it on, and this stack. */
    public static final class Profile implements QuarkusTestProfile {
        /** More than any test asks but the one about limits, which asks more. */
        static final int BURST = 1500;

        static final String ORIGIN = "https://app.example";

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "earshot.access-audit.enabled",
                    "true",
                    "earshot.cors.origins",
                    ORIGIN,
                    "earshot.rate-limit.per-minute",
                    "1",
                    "earshot.rate-limit.burst",
                    String.valueOf(BURST));
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(WatchedStack.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> properties = new HashMap<>(new LocalStack().start());
        try {
            Files.deleteIfExists(FILE);
            Files.createFile(FILE);
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            URI store = URI.create(properties.get("quarkus.s3.endpoint-override"));
            daemon(() -> accept(door, store));
            properties.put("quarkus.s3.endpoint-override", "http://127.0.0.1:" + door.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.put(WATCHED, FILE.toString());
        return properties;
    }

    private static void accept(ServerSocket door, URI store) {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(store.getHost(), store.getPort());
                daemon(() -> pump(client, server, true));
                daemon(() -> pump(server, client, false));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is written down is written before it is passed on. */
    private static void pump(Socket from, Socket to, boolean watch) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (watch) {
                    Files.write(FILE, java.util.Arrays.copyOf(buffer, count), StandardOpenOption.APPEND);
                }
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException over) {
            // One side has left; both are closed.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "watched store");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
        // It ends with the process.
    }
}
