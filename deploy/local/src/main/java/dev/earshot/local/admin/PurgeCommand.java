package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code admin purge}: deletes everything that a tenant has, a part at a time, until nothing remains. */
@Command(name = "purge")
final class PurgeCommand extends Verb {
    private static final String PATH = "/api/admin/purge";
    /** While the gateways announce and purge what is deleted already. */
    private static final long PAUSE_MILLIS = 1_000;

    @Option(names = "--tenant", required = true)
    private String tenant = "";

    @Option(names = "--confirm")
    private @Nullable String confirm;

    @Option(names = "--limit")
    private int limit = 1_000;

    @Option(names = "--timeout")
    private long timeoutSeconds = 3600;

    @Option(names = "--dry-run")
    private boolean dryRun;

    PurgeCommand(Console console) {
        super(console);
    }

    /** @return 0 if nothing remains, or in a dry run; 1 if something does when the time is over */
    @Override
    public Integer call() throws StackFailure, InterruptedException {
        if (!dryRun && !tenant.equals(confirm)) {
            throw misused("This cannot be undone: name the tenant once more with --confirm, or see with --dry-run what"
                    + " there is");
        }
        AdminClient gateway = gateway();
        if (dryRun) {
            JsonObject told =
                    gateway.post(PATH, new JsonObject().put("tenant", tenant).put("dryRun", true));
            if (!tellsJson(told)) {
                say(tenant + " has " + told.getLong("remaining") + " recordings; a dry run deletes none");
            }
            return 0;
        }
        return purge(gateway);
    }

    private int purge(AdminClient gateway) throws StackFailure, InterruptedException {
        JsonObject wanted =
                new JsonObject().put("tenant", tenant).put("confirm", confirm).put("limit", limit);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        long deleted = 0;
        while (System.nanoTime() < end) {
            JsonObject told = gateway.post(PATH, wanted);
            deleted += told.getLong("deleted");
            if (told.getLong("remaining") == 0) {
                if (!tellsJson(told.put("deleted", deleted))) {
                    say("Done: " + deleted + " recordings of " + tenant + " deleted; their audio goes from the store as"
                            + " the gateways come to it");
                }
                return 0;
            }
            if (!tellsJson(told)) {
                say("  so far " + deleted + " deleted, " + told.getLong("remaining") + " remain");
            }
            if (told.getLong("deleted") == 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        complain("earshot: not done after " + timeoutSeconds + " s; the same command goes on");
        return 1;
    }
}
