package dev.earshot.local.admin;

import dev.earshot.local.Console;
import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code admin reconcile}: has the gateway compare the store with its rows, and prints what does not fit as it is found. */
@Command(name = "reconcile")
final class ReconcileCommand implements Callable<Integer> {
    private static final String PATH = "/api/admin/reconcile";
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Console console;

    @ParentCommand
    private @Nullable AdminCommand admin;

    @Option(names = "--fix")
    private boolean fix;

    @Option(names = "--tenant")
    private @Nullable String tenant;

    private long saidAt = System.nanoTime();
    private int code = 1;
    private boolean ended;

    ReconcileCommand(Console console) {
        this.console = console;
    }

    /** @return 0 if nothing is wrong any more, 1 if something is, or if it did not come to its end */
    @Override
    public Integer call() throws StackFailure, InterruptedException {
        if (admin == null) {
            throw new IllegalStateException("called without admin");
        }
        JsonObject wanted = new JsonObject().put("fix", fix);
        if (tenant != null) {
            wanted.put("tenant", tenant);
        }
        admin.client().postForLines(PATH, wanted, this::hear);
        if (!ended) {
            throw new StackFailure("The gateway ended before the reconcile did; run it again");
        }
        return code;
    }

    private void hear(JsonObject line) {
        switch (line.getString("type", "")) {
            case "finding" ->
                console.line(
                        "  " + line.getString("flaw") + " " + line.getString("key") + ": " + line.getString("action"));
            case "progress" -> progress(line);
            case "summary" -> summary(line);
            case "failed" -> {
                ended = true;
                console.error("earshot: the reconcile ended early, " + line.getString("code") + ": "
                        + line.getString("detail"));
            }
            default -> {
                // What a newer gateway adds.
            }
        }
    }

    private void progress(JsonObject line) {
        if (System.nanoTime() - saidAt > BETWEEN_NANOS) {
            saidAt = System.nanoTime();
            console.line("  so far " + counted(line));
        }
    }

    private void summary(JsonObject line) {
        ended = true;
        JsonObject actions = line.getJsonObject("actions", new JsonObject());
        long mended = actions.getLong("deleted", 0L) + actions.getLong("fetched-anew", 0L);
        long findings = line.getLong("findings", 0L);
        code = mended == findings ? 0 : 1;
        console.line("Done: " + counted(line) + ", " + mended + " mended; " + line.getLong("foreignObjects", 0L)
                + " objects are not Earshot's and were left alone");
    }

    private static String counted(JsonObject line) {
        return line.getLong("objects", 0L) + " objects, " + line.getLong("rows", 0L) + " rows, "
                + line.getLong("findings", 0L) + " findings";
    }
}
