package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code admin prefetch}: has the known recordings of a span of time fetched before anybody listens. */
@Command(name = "prefetch")
final class PrefetchCommand extends Verb {
    @Option(names = "--tenant")
    private @Nullable String tenant;

    @Option(names = "--account")
    private @Nullable String account;

    @Option(names = "--from", required = true)
    private String from = "";

    @Option(names = "--to")
    private @Nullable String to;

    @Option(names = "--any-age")
    private boolean anyAge;

    @Option(names = "--limit")
    private @Nullable Integer limit;

    @Option(names = "--dry-run")
    private boolean dryRun;

    PrefetchCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        if (tenant == null && account == null) {
            throw misused("Give --tenant or --account");
        }
        JsonObject wanted = new JsonObject()
                .put("from", When.from(specification(), "--from", from).toString())
                .put("to", (to == null ? Instant.now() : When.to(specification(), "--to", to)).toString())
                .put("anyAge", anyAge)
                .put("dryRun", dryRun);
        put(wanted, "tenant", tenant);
        put(wanted, "accountSid", account);
        put(wanted, "limit", limit);
        JsonObject told = gateway().post("/api/admin/prefetch", wanted);
        if (!tellsJson(told)) {
            say(told.getLong("matched") + " recordings of " + told.getString("tenant") + " match; "
                    + (dryRun
                            ? "a dry run changes nothing (the limit is " + told.getInteger("limit") + ")"
                            : told.getLong("accepted") + " of them will be fetched"));
        }
        return 0;
    }
}
