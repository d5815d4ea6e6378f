package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Http;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.UnpackedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the images runs: their files, their entry points, and environment variables instead of a configuration of ours. */
class ImageTest {
    @TempDir
    private Path scratch;

    @Test
    void the_gateways_image_serves_what_the_fetchers_image_could_fetch() throws Exception {
        Recorded recorded = Simulator.record("acme", Simulator.options());
        Listener listener = Listener.of("acme");
        assertThat(Listener.sha256(listener.streamWaiting(recorded.recordingSid(), 25)))
                .isEqualTo(recorded.sha256());

        try (Running gateway = Running.of("gateway", scratch);
                Running fetcher = Running.of("fetcher", scratch)) {
            eventually(gateway::isReady);
            eventually(fetcher::isReady);
            assertThat(Listener.sha256(listener.request()
                            .baseUri("http://127.0.0.1:" + gateway.port)
                            .get("/api/recordings/{sid}/stream", recorded.recordingSid())))
                    .isEqualTo(recorded.sha256());
        }
    }

    private record Running(Process process, int port, int managementPort, Path log) implements AutoCloseable {
        static Running of(String service, Path scratch) throws IOException {
            UnpackedImage image = UnpackedImage.of(service);
            int port = freePort();
            int managementPort = freePort();
            Map<String, String> properties = UnpackedImage.propertiesOf(service);
            properties.put("quarkus.http.port", Integer.toString(port));
            properties.put("quarkus.management.port", Integer.toString(managementPort));
            properties.put("AWS_ACCESS_KEY_ID", Stack.running().at("/s3/accessKey"));
            properties.put("AWS_SECRET_ACCESS_KEY", Stack.running().at("/s3/secretKey"));
            properties.put("QUARKUS_DATASOURCE_PASSWORD", Stack.running().at("/postgres/password"));
            if (service.equals("fetcher")) {
                properties.put(
                        "earshot.spool.directory",
                        image.file("/var/spool/earshot").toString());
            }
            Path log = Files.createFile(scratch.resolve(service + ".log"));
            return new Running(image.start(properties, log), port, managementPort, log);
        }

        void isReady() throws Exception {
            assertThat(process.isAlive()).as(() -> UnpackedImage.log(log)).isTrue();
            HttpRequest asked = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                    .build();
            HttpResponse<String> answer = Http.send(asked);
            assertThat(answer.statusCode()).isEqualTo(200);
        }

        /** SIGTERM reaches the JVM: there is no shell around it. */
        @Override
        public void close() throws Exception {
            process.destroy();
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).as(() -> UnpackedImage.log(log)).isTrue();
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
