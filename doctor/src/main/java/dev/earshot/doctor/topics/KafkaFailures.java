package dev.earshot.doctor.topics;

import dev.earshot.doctor.Finding;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What the exceptions of Kafka's client mean. Their texts are not repeated: they may quote a configuration. */
final class KafkaFailures {
    private static final String BOOTSTRAP = "kafka.bootstrap.servers";

    private KafkaFailures() {}

    static Finding finding(Throwable failure, String where) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SaslAuthenticationException) {
                return Finding.error(
                        TopicJudgement.CHECK,
                        "Kafka at " + where + " refuses user or password",
                        "give the ones that it knows",
                        "kafka.sasl.jaas.config",
                        "kafka.sasl.mechanism");
            }
            if (cause instanceof SslAuthenticationException) {
                return Finding.error(
                        TopicJudgement.CHECK,
                        "TLS with Kafka at " + where + " failed",
                        "trust the certificate authority of its listener",
                        "kafka.ssl.truststore.location",
                        "kafka.security.protocol");
            }
            if (cause instanceof AuthorizationException) {
                return Finding.error(
                        TopicJudgement.CHECK,
                        "Kafka at " + where + " lets this user see nothing",
                        "give the user the rights of k8s/components/strimzi/users.yaml",
                        "kafka.sasl.jaas.config");
            }
            if (cause instanceof UnsupportedVersionException) {
                return Finding.error(
                        TopicJudgement.CHECK, "Kafka at " + where + " is too old", "run a newer one", BOOTSTRAP);
            }
            if (cause instanceof ConfigException bad && !isUnresolved(bad)) {
                return Finding.error(
                        TopicJudgement.CHECK,
                        "Kafka's client does not take the keys kafka.*",
                        "look at the address, at kafka.security.protocol, and at the files that keys name",
                        BOOTSTRAP,
                        "kafka.security.protocol");
            }
        }
        return silent(where, "it does not speak Kafka's language, or not in time");
    }

    static Finding silent(String where, String why) {
        return Finding.unreachable(
                TopicJudgement.CHECK,
                "no Kafka answers at " + where + ": " + why,
                "look whether it runs, and whether this is its address and kafka.security.protocol its listener's",
                BOOTSTRAP,
                "kafka.security.protocol");
    }

    /** Names come and go with a network; an address that is malformed stays so. */
    private static boolean isUnresolved(ConfigException bad) {
        return String.valueOf(bad.getMessage()).contains("No resolvable bootstrap");
    }
}
