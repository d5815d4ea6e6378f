package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code admin redrive}: has failed recordings fetched again. */
@Command(name = "redrive")
final class RedriveCommand extends Verb {
    @Option(names = "--tenant")
    private @Nullable String tenant;

    @Option(names = "--reason")
    private @Nullable String reason;

    @Option(names = "--sid")
    private List<String> sids = new ArrayList<>();

    @Option(names = "--from")
    private @Nullable String from;

    @Option(names = "--to")
    private @Nullable String to;

    @Option(names = "--include-final")
    private boolean includeFinal;

    @Option(names = "--limit")
    private @Nullable Integer limit;

    @Option(names = "--dry-run")
    private boolean dryRun;

    RedriveCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        JsonObject wanted = new JsonObject().put("includeFinal", includeFinal).put("dryRun", dryRun);
        put(wanted, "tenant", tenant);
        put(wanted, "reason", reason);
        put(wanted, "recordingSids", sids.isEmpty() ? null : new JsonArray(List.copyOf(sids)));
        put(
                wanted,
                "from",
                from == null ? null : When.from(specification(), "--from", from).toString());
        put(
                wanted,
                "to",
                to == null ? null : When.to(specification(), "--to", to).toString());
        put(wanted, "limit", limit);
        JsonObject told = gateway().post("/api/admin/redrive", wanted);
        if (!tellsJson(told)) {
            say(told.getLong("matched") + " failed recordings match; "
                    + (dryRun
                            ? "a dry run changes nothing (the limit is " + told.getInteger("limit") + ")"
                            : told.getLong("redriven") + " of them will be fetched again"));
        }
        return 0;
    }
}
