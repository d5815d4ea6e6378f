package dev.earshot.gateway.health;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;

/** Kafka, asked over one connection that is kept: a producer's own view may be minutes old. */
@ApplicationScoped
class KafkaDependency implements Dependency {
    private static final int PATIENCE_MILLIS = 1000;

    private final Map<String, Object> settings;
    private @Nullable Admin admin;

    KafkaDependency(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        settings = new HashMap<>(broker);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "earshot-gateway-health");
        // A broker that is back is seen within a second.
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Uni<Boolean> works() {
        return Uni.createFrom()
                // The first time it resolves names, which blocks.
                .item(this::admin)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(KafkaDependency::describe);
    }

    private static Uni<Boolean> describe(Admin admin) {
        return Uni.createFrom()
                .completionStage(() -> admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                        .nodes()
                        .toCompletionStage())
                .map(nodes -> !nodes.isEmpty());
    }

    /** The one client, for whoever else asks the brokers something. Blocks the first time. */
    synchronized Admin admin() {
        Admin known = admin;
        if (known == null) {
            known = Admin.create(settings);
            admin = known;
        }
        return known;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
