package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code admin failures}: what has failed, by reason, with examples. */
@Command(name = "failures")
final class FailuresCommand extends Verb {
    @Option(names = "--tenant")
    private @Nullable String tenant;

    @Option(names = "--reason")
    private @Nullable String reason;

    @Option(names = "--examples")
    private int examples = 3;

    FailuresCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        JsonObject told = gateway()
                .get("/api/admin/failures"
                        + new Target()
                                .with("tenant", tenant)
                                .with("reason", reason)
                                .with("examples", examples)
                                .query());
        if (!tellsJson(told)) {
            Table table = new Table("reason", "failed", "final", "retrying", "oldest", "newest", "for example");
            told.getJsonArray("reasons").stream()
                    .map(JsonObject.class::cast)
                    .forEach(group -> table.row(
                            group.getString("reason"),
                            group.getLong("count"),
                            group.getBoolean("final") ? "yes" : "no",
                            group.getLong("retrying"),
                            group.getString("oldest"),
                            group.getString("newest"),
                            examples(group)));
            say(table);
            say(told.getLong("total") + " recordings have failed");
        }
        return 0;
    }

    private static String examples(JsonObject group) {
        return group.getJsonArray("examples").stream()
                .map(JsonObject.class::cast)
                .map(each -> each.getString("tenant") + ":" + each.getString("recordingSid"))
                .collect(Collectors.joining(" "));
    }
}
