package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code admin dead-letters replay}: one letter, or the oldest of a topic that were not replayed before. */
@Command(name = "replay")
final class LettersReplayCommand extends Verb {
    @Option(names = "--topic", required = true)
    private String topic = "";

    @Option(names = "--partition")
    private @Nullable Integer partition;

    @Option(names = "--offset")
    private @Nullable Long offset;

    @Option(names = "--again")
    private boolean again;

    @Option(names = "--reason")
    private @Nullable String reason;

    @Option(names = "--limit")
    private @Nullable Integer limit;

    @Option(names = "--dry-run")
    private boolean dryRun;

    LettersReplayCommand(Console console) {
        super(console);
    }

    /** @return 0 if all that match were sent, or in a dry run; 1 if one of them was not */
    @Override
    public Integer call() throws StackFailure, InterruptedException {
        if ((partition == null) != (offset == null)) {
            throw misused("--partition and --offset go together");
        }
        if (again && partition == null) {
            throw misused("--again needs --partition and --offset");
        }
        JsonObject wanted =
                new JsonObject().put("topic", topic).put("again", again).put("dryRun", dryRun);
        put(wanted, "partition", partition);
        put(wanted, "offset", offset);
        put(wanted, "reason", reason);
        put(wanted, "limit", limit);
        JsonObject told = gateway().post(DeadLettersCommand.PATH + "/replay", wanted);
        if (!tellsJson(told)) {
            say(summary(told));
        }
        return dryRun || told.getLong("replayed").equals(told.getLong("matched")) ? 0 : 1;
    }

    private String summary(JsonObject told) {
        String done = dryRun
                ? told.getLong("matched") + " would be replayed"
                : told.getLong("matched") + " match, " + told.getLong("replayed") + " replayed, "
                        + told.getLong("known") + " were before, " + told.getLong("cut") + " are cut, "
                        + told.getLong("refused") + " refused by the broker";
        return done + (told.getBoolean("complete") || partition != null ? "" : "; there may be more");
    }
}
