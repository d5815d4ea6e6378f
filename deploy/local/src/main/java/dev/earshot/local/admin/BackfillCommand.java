package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code admin backfill}: lists an account's recordings of a time span, registers what was missed, and tells how far it is. */
@Command(name = "backfill")
final class BackfillCommand implements Callable<Integer> {
    private static final String PATH = "/api/admin/backfills";
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Console console;

    @Spec
    private CommandSpec specification = CommandSpec.create();

    @ParentCommand
    private @Nullable AdminCommand admin;

    @Option(names = "--account")
    private @Nullable String account;

    @Option(names = "--from")
    private @Nullable String from;

    @Option(names = "--to")
    private @Nullable String to;

    @Option(names = "--id")
    private @Nullable String id;

    @Option(names = "--timeout")
    private long timeoutSeconds = 3600;

    BackfillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        if (admin == null) {
            throw new IllegalStateException("called without admin");
        }
        JsonObject wanted = id == null ? wanted() : new JsonObject();
        AdminClient gateway = admin.client();
        String backfill = id == null ? begin(gateway, wanted) : id;
        return follow(gateway, backfill);
    }

    private JsonObject wanted() {
        if (account == null || from == null) {
            throw new ParameterException(
                    specification.commandLine(), "Give --account and --from, or --id to follow a backfill that runs");
        }
        return new JsonObject()
                .put("accountSid", account)
                .put("from", When.from(specification, "--from", from).toString())
                .put("to", (to == null ? Instant.now() : When.to(specification, "--to", to)).toString());
    }

    private String begin(AdminClient gateway, JsonObject wanted) throws StackFailure, InterruptedException {
        String begun = gateway.post(PATH, wanted).getString("id");
        console.line("Backfill " + begun + " of " + wanted.getString("accountSid") + " from " + wanted.getString("from")
                + " to " + wanted.getString("to"));
        return begun;
    }

    private int follow(AdminClient gateway, String backfill) throws StackFailure, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        String said = "";
        while (System.nanoTime() < end) {
            JsonObject now = gateway.get(PATH + "/" + backfill);
            String progress = progress(now);
            String state = now.getString("state", "");
            switch (state) {
                case "done" -> {
                    console.line("Done: " + progress);
                    return 0;
                }
                case "failed" -> {
                    console.error("earshot: the backfill failed after " + progress + ": "
                            + now.getString("detail", "no reason was given"));
                    return 1;
                }
                default -> said = say("  " + state + ": " + progress, said);
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        }
        console.error("earshot: not done after " + timeoutSeconds
                + " s; it goes on. Follow it with: ./earshot admin backfill --id " + backfill);
        return 1;
    }

    private String say(String line, String said) {
        if (!line.equals(said)) {
            console.line(line);
        }
        return line;
    }

    private static String progress(JsonObject now) {
        return now.getLong("pages", 0L) + " pages, " + now.getLong("seen", 0L) + " recordings seen, "
                + now.getLong("registered", 0L) + " newly registered, " + now.getLong("unassigned", 0L)
                + " of nobody's";
    }
}
