package dev.earshot.local;

import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token}: prints a bearer token of the local OpenID provider, and nothing else. */
@Command(name = "token")
final class TokenCommand implements Callable<Integer> {
    /** Without {@code earshot:operator}, which reaches across tenants and has to be asked for. */
    private static final List<String> TENANT_ROLES = List.of("recordings:play", "recordings:write", "recordings:admin");

    private final Console console;

    @Mixin
    private final HomeOptions where = new HomeOptions();

    @Option(names = "--tenant", required = true)
    private String tenant = "";

    @Option(names = "--role")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--subject")
    private @Nullable String subject;

    @Option(names = "--expires")
    private long expiresSeconds = 3600;

    TokenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        JsonObject wanted = new JsonObject()
                .put("tenant", tenant)
                .put("roles", new JsonArray(roles.isEmpty() ? TENANT_ROLES : roles))
                .put("expiresInSeconds", expiresSeconds);
        if (subject != null) {
            wanted.put("subject", subject);
        }
        console.line(
                new ControlClient(where.home()).post("/control/tokens", wanted).getString("token"));
        return 0;
    }
}
