package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code admin dead-letters list}: the newest first. */
@Command(name = "list")
final class LettersListCommand extends Verb {
    @Option(names = "--topic")
    private @Nullable String topic;

    @Option(names = "--reason")
    private @Nullable String reason;

    @Option(names = "--limit")
    private int limit = 50;

    LettersListCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        JsonObject told = gateway()
                .get(DeadLettersCommand.PATH
                        + new Target()
                                .with("topic", topic)
                                .with("reason", reason)
                                .with("limit", limit)
                                .query());
        if (!tellsJson(told)) {
            told.getJsonArray("letters").forEach(each -> show((JsonObject) each));
            say(told.getJsonArray("letters").size() + " listed; " + told.getLong("total") + " lie in "
                    + (topic == null ? "all topics" : topic + ".dead-letters")
                    + (told.getBoolean("complete") ? "" : ", not all of which were looked at"));
        }
        return 0;
    }

    private void show(JsonObject letter) {
        say(letter.getString("writtenAt") + " --topic " + letter.getString("topic") + " --partition "
                + letter.getInteger("partition") + " --offset " + letter.getLong("offset"));
        say("  why: " + letter.getString("why", "it does not say"));
        say("  key: " + letter.getString("key", "none") + "; came from partition "
                + letter.getString("camePartition", "?") + ", offset " + letter.getString("cameOffset", "?"));
        if (letter.containsKey("replayOf")) {
            say("  failed again after a replay of " + letter.getString("replayOf"));
        }
        if (letter.containsKey("replayedAt")) {
            say("  replayed at " + letter.getString("replayedAt") + " by " + letter.getString("replayedBy"));
        }
        say("  headers: "
                + letter.getJsonArray("headers").stream()
                        .map(JsonObject.class::cast)
                        .map(header -> header.getString("name") + "=" + header.getString("value", ""))
                        .collect(Collectors.joining(", ")));
        say("  " + letter.getInteger("sizeBytes") + " bytes" + (letter.getBoolean("cut") ? " (cut)" : "") + ": "
                + letter.getString("excerpt", "none"));
    }
}
