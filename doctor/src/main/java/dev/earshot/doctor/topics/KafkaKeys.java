package dev.earshot.doctor.topics;

import dev.earshot.doctor.Settings;
import io.quarkus.kafka.client.runtime.KafkaRuntimeConfigProducer;
import io.quarkus.runtime.ApplicationConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The keys {@code kafka.*}, read by the extension's own reader: what the services' clients are given. */
final class KafkaKeys {
    private KafkaKeys() {}

    static Map<String, Object> of(Settings settings) {
        Map<String, Object> all = new HashMap<>(new KafkaRuntimeConfigProducer()
                .createKafkaRuntimeConfig(settings.config(), settings.of(ApplicationConfig.class)));
        all.keySet().retainAll(AdminClientConfig.configNames());
        all.putIfAbsent("bootstrap.servers", "localhost:9092");
        return all;
    }
}
