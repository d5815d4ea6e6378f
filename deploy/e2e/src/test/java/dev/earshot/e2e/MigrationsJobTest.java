package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What {@code k8s/components/migrations} sets does what it is there for: the Job migrates and ends, although it reaches no
 * Kafka and no OpenID provider and has no account or key, and a gateway that comes before it refuses to start.
 */
class MigrationsJobTest {
    private static final Path COMPONENT = Stack.root().resolve("k8s/components/migrations");
    private static final Pattern VARIABLE = Pattern.compile("- name: (QUARKUS_\\w+)\\s+value: \"(\\w+)\"");
    private static final Pattern LITERAL = Pattern.compile("- (QUARKUS_\\w+)=(\\w+)");
    private static final Path LOG = Path.of("target", "migrations-job.log");
    private static final String SCHEMA = "migrations_job";
    private static final long PATIENCE_SECONDS = 120;

    @Test
    void the_job_migrates_and_ends_and_a_gateway_that_comes_before_it_refuses_to_start() throws Exception {
        Database.local().update("drop schema if exists " + SCHEMA + " cascade");

        assertThat(exitCode(gateways())).isNotZero();
        assertThat(Files.readString(LOG)).contains("FlywayValidateException");
        assertThat(tables()).isZero();

        assertThat(exitCode(jobs())).isZero();
        assertThat(tables()).isPositive();

        Database.local().update("drop schema " + SCHEMA + " cascade");
    }

    private static long tables() {
        return Database.local()
                .rows("select count(*) as n from information_schema.tables where table_schema = ?", SCHEMA)
                .getFirst()
                .number("n");
    }

    private static Map<String, String> gateways() throws IOException {
        return variables("kustomization.yaml", LITERAL);
    }

    /** Its own variables and the gateway's ConfigMap, as in the pod. */
    private static Map<String, String> jobs() throws IOException {
        Map<String, String> variables = gateways();
        variables.putAll(variables("job.yaml", VARIABLE));
        return variables;
    }

    private static Map<String, String> variables(String file, Pattern pattern) throws IOException {
        Map<String, String> variables = new HashMap<>();
        Matcher found = pattern.matcher(Files.readString(COMPONENT.resolve(file)));
        while (found.find()) {
            variables.put(found.group(1), found.group(2));
        }
        assertThat(variables).isNotEmpty();
        return variables;
    }

    private static int exitCode(Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        Stack.root()
                                .resolve("gateway-service/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().putAll(settings());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What an overlay sets; of all that it names the database alone is there. */
    private static Map<String, String> settings() {
        Stack stack = Stack.running();
        return Map.ofEntries(
                Map.entry("QUARKUS_FLYWAY_SCHEMAS", SCHEMA),
                Map.entry("QUARKUS_FLYWAY_DEFAULT_SCHEMA", SCHEMA),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", stack.at("/postgres/directJdbcUrl")),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", stack.at("/postgres/reactiveUrl")),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", stack.at("/postgres/user")),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", stack.at("/postgres/password")),
                Map.entry("QUARKUS_HTTP_PORT", "0"),
                Map.entry("QUARKUS_MANAGEMENT_PORT", "0"),
                Map.entry("QUARKUS_S3_AWS_REGION", "eu-central-1"),
                Map.entry("QUARKUS_OIDC_AUTH_SERVER_URL", "http://127.0.0.1:1/nobody"),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"),
                Map.entry("EARSHOT_STORE_BUCKET", "earshot"),
                Map.entry("EARSHOT_PUBLIC_URL", "https://calls.example"),
                Map.entry("EARSHOT_ACCOUNTS_DIRECTORY", "/etc/earshot/accounts"),
                Map.entry("EARSHOT_TENANTS_DIRECTORY", "/etc/earshot/tenants"),
                Map.entry("EARSHOT_TICKETS_KEYS_FILE", "/etc/earshot/tickets/keys"));
    }
}
