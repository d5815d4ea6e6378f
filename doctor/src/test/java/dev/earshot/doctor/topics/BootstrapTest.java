package dev.earshot.doctor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void oneThatListensIsEnough() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + server.getLocalPort();

            assertThat(Bootstrap.silence("127.0.0.1:1, " + there, PATIENCE)).isEmpty();
            server.close();
            assertThat(Bootstrap.silence("127.0.0.1:1, " + there, PATIENCE)).isPresent();
        }
    }

    @Test
    void whatIsNoAddressTheClientRefuses() {
        assertThat(Bootstrap.silence("kafka", PATIENCE)).isEmpty();
    }
}
