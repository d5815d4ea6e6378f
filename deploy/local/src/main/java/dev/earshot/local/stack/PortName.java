package dev.earshot.local.stack;

import dev.earshot.local.home.StackFailure;
import java.util.Arrays;

/** The ports that others connect to, by the names of option {@code --port}. */
public enum PortName {
    GATEWAY("gateway", 8080),
    GATEWAY_MANAGEMENT("gateway-management", 8081),
    FETCHER_MANAGEMENT("fetcher-management", 8082),
    OIDC("oidc", 8083),
    SIMULATOR("simulator", 8084),
    CONTROL("control", 8085),
    POSTGRES("postgres", 15432),
    KAFKA("kafka", 19092),
    S3("s3", 19000);

    private final String text;
    private final int usual;

    PortName(String text, int usual) {
        this.text = text;
        this.usual = usual;
    }

    public String text() {
        return text;
    }

    int usual() {
        return usual;
    }

    static PortName parse(String text) throws StackFailure {
        return Arrays.stream(values())
                .filter(name -> name.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new StackFailure("There is no port named \"" + text + "\". The ports are "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(PortName::text).toList()) + "."));
    }
}
