package dev.earshot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earshot.e2e.support.Database;
import dev.earshot.e2e.support.ServiceDoctor;
import dev.earshot.e2e.support.ServiceDoctor.Said;
import dev.earshot.e2e.support.Stack;
import dev.earshot.events.Topics;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The doctor says that the running stack is well; then each of these misconfigurations, made deliberately and by itself, is found by the one check
 * that is about it, which names the key to change. No other check is disturbed.
 */
class DoctorTest {
    private static final String OTHER_BUCKET = "doctors-other-bucket";
    private static final String OTHER_SCHEMA = "doctor_not_migrated";
    private static final String NOBODY = "127.0.0.1:1";

    private static ServiceDoctor gateway;
    private static ServiceDoctor fetcher;

    @BeforeAll
    static void findDoctors() throws Exception {
        gateway = ServiceDoctor.of("gateway");
        fetcher = ServiceDoctor.of("fetcher");
    }

    @Test
    void the_front_door_finds_nothing_to_change_in_the_running_stack(@TempDir Path elsewhere) throws Exception {
        Path printed = elsewhere.resolve("printed");
        ProcessBuilder doctor = new ProcessBuilder(
                        Stack.root().resolve("earshot").toString(), "doctor", "--timeout", "30")
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        doctor.environment().put("EARSHOT_HOME", Stack.home().toString());
        doctor.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Credentials of whoever calls would hide that some are missing.
        doctor.environment().put("AWS_ACCESS_KEY_ID", "somebody-elses");

        int code = doctor.start().waitFor();

        assertThat(Files.readString(printed))
                .contains("reads in earshot", "what the fetcher has just written")
                .contains("Twilio takes the credentials of " + Stack.running().accountSid("acme"))
                .contains("Nothing has to be changed.")
                .doesNotContain("  warning", "  error", "  unreachable")
                .doesNotContain(Stack.running().at("/s3/secretKey"))
                .doesNotContain(Stack.running().at("/postgres/password"));
        assertThat(code).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "store, earshot.store.bucket, no-such-bucket, earshot.store.bucket",
        "store, quarkus.s3.endpoint-override, http://127.0.0.1:1, quarkus.s3.endpoint-override",
        "store, quarkus.s3.aws.credentials.static-provider.access-key-id, nobody,"
                + " quarkus.s3.aws.credentials.static-provider.access-key-id",
        "topics, kafka.bootstrap.servers, " + NOBODY + ", kafka.bootstrap.servers",
        "database, quarkus.datasource.password, wrong, quarkus.datasource.password",
        "database, quarkus.datasource.jdbc.url, jdbc:postgresql://127.0.0.1:1/earshot, quarkus.datasource.jdbc.url",
        "listen, quarkus.datasource.reactive.url, postgresql://127.0.0.1:1/earshot, quarkus.datasource.reactive.url",
        "openid, quarkus.oidc.token.issuer, https://other.example, quarkus.oidc.token.issuer",
        "openid, quarkus.oidc.auth-server-url, http://127.0.0.1:1/local, quarkus.oidc.auth-server-url",
        "configuration, earshot.fetch.publish-check, 1s, earshot.fetch.publish-check"
    })
    void a_gateways_wrong_key_is_named(String check, String key, String value, String named) throws Exception {
        isTheOnlyFinding(gateway.examine(Map.of(key, value)), check, named);
    }

    @ParameterizedTest
    @CsvSource({
        "store, quarkus.s3.aws.credentials.static-provider.secret-access-key, wrong,"
                + " quarkus.s3.aws.credentials.static-provider.secret-access-key",
        "topics, kafka.bootstrap.servers, " + NOBODY + ", kafka.bootstrap.servers",
        "configuration, earshot.fetch.total-timeout, 2h, earshot.fetch.total-timeout"
    })
    void a_fetchers_wrong_key_is_named(String check, String key, String value, String named) throws Exception {
        isTheOnlyFinding(fetcher.examine(Map.of(key, value)), check, named);
    }

    @Test
    void two_stores_are_told_apart_though_both_are_well() throws Exception {
        Path bucket = Stack.home().resolve("data/s3").resolve(OTHER_BUCKET);
        Files.createDirectories(bucket);
        String nonce = UUID.randomUUID().toString();

        assertThat(fetcher.examine(Map.of(), "--probe", nonce).code()).isZero();
        Said same = gateway.examine(Map.of(), "--probe", nonce);
        Said other = gateway.examine(Map.of("earshot.store.bucket", OTHER_BUCKET), "--probe", nonce);

        assertThat(same.wrong()).isEmpty();
        isTheOnlyFinding(other, "store", "earshot.store.bucket");
        Files.delete(bucket);
    }

    @Test
    void twilios_refusal_of_an_accounts_token_names_the_folder_of_the_files(@TempDir Path accounts) throws Exception {
        String refused = Stack.running().accountSid("acme");
        copyAccounts(accounts, refused);

        Said said = fetcher.examine(Map.of("earshot.accounts.directory", accounts.toString()));
        Said start = fetcher.examine(Map.of("earshot.accounts.directory", accounts.toString()), "--init");

        isTheOnlyFinding(said, "twilio", "earshot.accounts.directory");
        assertThat(said.wrong().getFirst().path("found").asText()).contains(refused);
        // One tenant's credentials must not keep everybody's fetcher from starting.
        assertThat(start.code()).isZero();
    }

    @Test
    void a_public_url_that_the_running_gateway_does_not_check_for_is_named() throws Exception {
        String here = Stack.running().gatewayUrl();

        Said elsewhere = gateway.examine(Map.of("earshot.public-url", here.replace("127.0.0.1", "localhost")));
        Said behindProxy = gateway.examine(Map.of(), "--webhook-url", "https://calls.example/webhooks");

        isTheOnlyFinding(elsewhere, "webhook", "earshot.public-url");
        isTheOnlyFinding(behindProxy, "webhook", "earshot.public-url");
        assertThat(behindProxy.wrong().getFirst().path("change").asText()).contains("https://calls.example");
    }

    @Test
    void a_database_that_nobody_migrates_names_who_could() throws Exception {
        Database.local().update("drop schema if exists " + OTHER_SCHEMA + " cascade");
        Database.local().update("create schema " + OTHER_SCHEMA);
        String url = Stack.running().at("/postgres/jdbcUrl") + "?currentSchema=" + OTHER_SCHEMA;

        Said nobody =
                gateway.examine(Map.of("quarkus.datasource.jdbc.url", url, "quarkus.flyway.migrate-at-start", "false"));
        Said itself = gateway.examine(Map.of("quarkus.datasource.jdbc.url", url));

        isTheOnlyFinding(nobody, "database", "quarkus.flyway.migrate-at-start");
        assertThat(itself.wrong()).isEmpty();
        Database.local().update("drop schema " + OTHER_SCHEMA + " cascade");
    }

    @Test
    void a_topic_that_is_missing_is_named() throws Exception {
        try (Admin kafka = kafka()) {
            // Nobody writes it here: the access audit is off.
            kafka.deleteTopics(Set.of(Topics.ACCESS)).all().get();
            try {
                isTheOnlyFinding(
                        gateway.examine(Map.of("earshot.access-audit.enabled", "true")), "topics", Topics.ACCESS);
            } finally {
                kafka.createTopics(List.of(new NewTopic(Topics.ACCESS, 6, (short) 1)))
                        .all()
                        .get();
            }
        }
    }

    @Test
    void a_topic_that_forgets_what_it_must_keep_names_its_setting() throws Exception {
        try (Admin kafka = kafka()) {
            cleanup(kafka, "delete");
            try {
                isTheOnlyFinding(gateway.examine(Map.of()), "topics", "cleanup.policy of " + Topics.RECORDINGS);
            } finally {
                cleanup(kafka, "compact");
            }
        }
    }

    /** A roll-out must not wait for what heals by itself, and must for what does not. */
    @Test
    void a_pod_starts_while_kafka_is_away_and_not_with_a_wrong_password() throws Exception {
        assertThat(gateway.examine(Map.of("kafka.bootstrap.servers", NOBODY), "--init")
                        .code())
                .isZero();
        assertThat(gateway.examine(Map.of("quarkus.datasource.password", "wrong"), "--init")
                        .code())
                .isEqualTo(1);
    }

    private static void isTheOnlyFinding(Said said, String check, String key) {
        assertThat(said.wrong()).as("%s", said.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.path("check").asText()).isEqualTo(check);
            assertThat(finding.path("keys").valueStream().map(JsonNode::asText)).contains(key);
            assertThat(finding.path("change").asText()).isNotEmpty();
        });
        assertThat(said.code()).isEqualTo(1);
    }

    private static void copyAccounts(Path to, String refused) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Stack.home().resolve("config/fetcher/accounts"), "*.json")) {
            for (Path file : files) {
                String account = Files.readString(file);
                Files.writeString(
                        to.resolve(file.getFileName()),
                        account.contains(refused)
                                ? account.replaceAll("(\"password\"\\s*:\\s*\")[^\"]*", "$1wrong")
                                : account);
            }
        }
    }

    private static void cleanup(Admin kafka, String policy) throws Exception {
        kafka.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, Topics.RECORDINGS),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static Admin kafka() {
        return Admin.create(Map.of("bootstrap.servers", Stack.running().at("/kafkaDirectBootstrap")));
    }
}
