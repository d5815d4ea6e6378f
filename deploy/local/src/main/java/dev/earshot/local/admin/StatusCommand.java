package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code admin status}: everything that is known of a recording, and what became of it. */
@Command(name = "status")
final class StatusCommand extends Verb {
    private static final List<String> PLAIN = List.of(
            "callSid",
            "accountSid",
            "reason",
            "twilioCode",
            "final",
            "failures",
            "countedAttempts",
            "lane",
            "priority",
            "format",
            "startedAt",
            "durationSeconds",
            "channels",
            "traceparent");

    @Parameters(index = "0", paramLabel = "SID")
    private String sid = "";

    @Option(names = "--tenant")
    private @Nullable String tenant;

    StatusCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        if (!sid.matches("(RE|CA)[0-9a-fA-F]{32}")) {
            throw misused("A SID is RE or CA and 32 hexadecimal digits, not " + sid);
        }
        JsonObject told = gateway()
                .get("/api/admin/recordings/" + sid
                        + new Target().with("tenant", tenant).query());
        if (!tellsJson(told)) {
            told.getJsonArray("recordings").forEach(each -> show((JsonObject) each));
        }
        return 0;
    }

    private void show(JsonObject known) {
        say(known.getString("recordingSid") + " of " + known.getString("tenant") + ": " + known.getString("state")
                + ", generation " + known.getInteger("generation") + ", attempt " + known.getInteger("attempt"));
        PLAIN.stream().filter(known::containsKey).forEach(name -> say("  " + name + ": " + known.getValue(name)));
        known.getJsonObject("times", new JsonObject())
                .forEach(time -> say("  " + time.getKey() + ": " + time.getValue()));
        JsonObject object = known.getJsonObject("object");
        if (object != null) {
            say("  object: " + object.getString("bucket") + "/" + object.getString("key") + ", "
                    + object.getLong("sizeBytes") + " bytes, " + presence(object));
        }
        say("  history:" + (known.getJsonArray("history").isEmpty() ? " none that is remembered" : ""));
        history(known.getJsonArray("history")).lines().stream()
                .skip(known.getJsonArray("history").isEmpty() ? 1 : 0)
                .map(line -> "  " + line)
                .forEach(this::say);
    }

    private static String presence(JsonObject object) {
        Boolean present = object.getBoolean("present");
        if (present == null) {
            return "the store does not say whether it is there";
        }
        return present ? "and it is there" : "AND THE GATEWAY DOES NOT SEE IT";
    }

    private static Table history(JsonArray history) {
        Table table = new Table("at", "state", "generation", "attempt", "lane", "reason");
        history.stream()
                .map(JsonObject.class::cast)
                .forEach(change -> table.row(
                        change.getString("at"),
                        change.getString("state"),
                        change.getInteger("generation"),
                        change.getInteger("attempt"),
                        change.getString("lane"),
                        reason(change)));
        return table;
    }

    private static String reason(JsonObject change) {
        return java.util.stream.Stream.of("reason", "twilioCode")
                .filter(change::containsKey)
                .map(name -> change.getValue(name).toString())
                .collect(Collectors.joining(" "));
    }
}
