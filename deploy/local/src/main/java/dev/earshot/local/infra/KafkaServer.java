package dev.earshot.local.infra;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One node that is broker and controller. Two listeners for clients: INTERNAL is the broker's own address, EXTERNAL is advertised
 * as the relay's, so that a client which came through the relay stays on it (a broker tells each client where to connect next).
 */
public final class KafkaServer implements AutoCloseable {
    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private boolean closed;

    private KafkaServer(KafkaRaftServer server) {
        this.server = server;
    }

    /** Ports of the three listeners, and the relay's port that EXTERNAL is advertised with. */
    public record Listeners(int internal, int external, int controller, int advertised) {}

    public static KafkaServer start(Path data, Listeners listeners) throws Exception {
        formatIfNew(data);
        KafkaConfig config = KafkaConfig.fromProps(properties(data, listeners));
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException failure) {
            server.shutdown();
            throw failure;
        }
        return new KafkaServer(server);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static void formatIfNew(Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(data);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setIgnoreFormatted(true)
                .run();
    }

    private static Properties properties(Path data, Listeners listeners) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                String.valueOf(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@127.0.0.1:" + listeners.controller(),
                "controller.listener.names",
                "CONTROLLER",
                "inter.broker.listener.name",
                "INTERNAL",
                "listeners",
                "INTERNAL://127.0.0.1:%d,EXTERNAL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(listeners.internal(), listeners.external(), listeners.controller()),
                "advertised.listeners",
                "INTERNAL://127.0.0.1:%d,EXTERNAL://127.0.0.1:%d"
                        .formatted(listeners.internal(), listeners.advertised()),
                "listener.security.protocol.map",
                "INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                data.toString()));
        properties.putAll(Map.of(
                // Topics are made explicitly: a typing mistake shall be an error, not a topic.
                "auto.create.topics.enable", "false",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0"));
        properties.putAll(Map.of(
                // After an unclean end the controller fences the old broker session first; the default waits 9 s for
                // it.
                "broker.session.timeout.ms", "2000",
                "broker.heartbeat.interval.ms", "400",
                // A quorum of one has nobody to wait for when it starts again.
                "controller.quorum.election.timeout.ms", "100",
                "controller.quorum.fetch.timeout.ms", "200",
                "controller.quorum.election.backoff.max.ms", "50",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "log.cleaner.dedupe.buffer.size", "4194304",
                // Groups of killed services leave quickly in tests that ask for a short session.
                "group.min.session.timeout.ms", "1000"));
        return properties;
    }
}
