package dev.earshot.doctor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaFailuresTest {
    private static final String SECRET = "password=hunter2";

    @Test
    void silenceMayBeAnOutage() {
        assertThat(KafkaFailures.finding(new TimeoutException(SECRET), "kafka:9092"))
                .satisfies(finding -> is(finding, Severity.UNREACHABLE, "kafka.bootstrap.servers"));
        assertThat(KafkaFailures.finding(
                        new KafkaException("x", new ConfigException("No resolvable bootstrap urls given")),
                        "kafka:9092"))
                .satisfies(finding -> is(finding, Severity.UNREACHABLE, "kafka.bootstrap.servers"));
    }

    @Test
    void aRefusalIsNot() {
        assertThat(KafkaFailures.finding(new SaslAuthenticationException(SECRET), "kafka:9092"))
                .satisfies(finding -> is(finding, Severity.ERROR, "kafka.sasl.jaas.config"));
        assertThat(KafkaFailures.finding(new TopicAuthorizationException(SECRET), "kafka:9092"))
                .satisfies(finding -> is(finding, Severity.ERROR, "kafka.sasl.jaas.config"));
        assertThat(KafkaFailures.finding(new SslAuthenticationException(SECRET), "kafka:9092"))
                .satisfies(finding -> is(finding, Severity.ERROR, "kafka.ssl.truststore.location"));
        assertThat(KafkaFailures.finding(new KafkaException(new ConfigException(SECRET)), "kafka:9092"))
                .satisfies(finding -> is(finding, Severity.ERROR, "kafka.bootstrap.servers"));
    }

    private static void is(Finding finding, Severity severity, String key) {
        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.keys()).first().isEqualTo(key);
        assertThat(finding.toString()).doesNotContain("hunter2");
    }
}
