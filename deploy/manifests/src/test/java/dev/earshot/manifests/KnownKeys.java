package dev.earshot.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Which environment variables one service reads: its own keys by the README's table, those of the extensions that it is
 * packaged with by the description that each brings along, Kafka's by its client.
 */
final class KnownKeys {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    /** Of the AWS SDK's chain, what the README's table names. */
    private static final Set<String> AWS = Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

    private static final KnownKeys GATEWAY = new KnownKeys("gateway");
    private static final KnownKeys FETCHER = new KnownKeys("fetcher");

    private final String service;
    private final Set<String> quarkus = new TreeSet<>();
    private final Set<String> channels;

    private KnownKeys(String service) {
        this.service = service;
        Path packaged = Repository.ROOT.resolve(service + "-service/target/quarkus-app/lib");
        try (Stream<Path> files = Files.walk(packaged)) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(this::addExtension);
        } catch (IOException e) {
            throw new UncheckedIOException(service + "-service is not packaged", e);
        }
        channels = Repository.read(service + "-service/src/main/resources/application.properties")
                .lines()
                .filter(line -> line.startsWith("mp.messaging."))
                .map(line -> variable(line.substring(0, line.indexOf('='))))
                .collect(Collectors.toSet());
    }

    static KnownKeys of(String service) {
        return service.equals("gateway") ? GATEWAY : FETCHER;
    }

    boolean has(String variable) {
        return Readme.OWN_KEYS.stream().anyMatch(key -> key.isReadBy(service) && key.isSetBy(variable))
                || quarkus.contains(variable)
                || channels.contains(variable)
                || AWS.contains(variable)
                || isKafkas(variable);
    }

    /** Whether it reads any key that begins so. */
    boolean hasUnder(String prefix) {
        return Stream.concat(
                        Readme.OWN_KEYS.stream()
                                .filter(key -> key.isReadBy(service))
                                .map(key -> variable(key.key())),
                        quarkus.stream())
                .anyMatch(variable -> variable.startsWith(prefix));
    }

    private static boolean isKafkas(String variable) {
        if (!variable.startsWith("KAFKA_")) {
            return false;
        }
        String key =
                variable.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
        return List.of(ConsumerConfig.configNames(), ProducerConfig.configNames(), AdminClientConfig.configNames())
                .stream()
                .anyMatch(names -> names.contains(key));
    }

    /** SmallRye Config's rule: everything but letters and digits becomes an underscore. */
    static String variable(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private void addExtension(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry description = zip.getEntry(DESCRIPTION);
            if (description != null) {
                addKeys(JSON.readTree(zip.getInputStream(description)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is fixed when the service is built is of no use in an environment. */
    private void addKeys(JsonNode node) {
        JsonNode variable = node.at("/path/environmentVariable");
        if (variable.isTextual() && node.path("phase").asText().equals("RUN_TIME")) {
            quarkus.add(variable.asText());
        }
        node.forEach(this::addKeys);
    }
}
