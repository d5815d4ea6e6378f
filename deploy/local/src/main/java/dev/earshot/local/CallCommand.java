package dev.earshot.local;

import dev.earshot.local.home.StackFailure;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code call}: makes the simulator record a call, and prints one line of JSON about it. */
@Command(name = "call")
final class CallCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final HomeOptions where = new HomeOptions();

    @Option(names = "--tenant", required = true)
    private String tenant = "";

    @Option(names = "--seconds")
    private int seconds = 30;

    @Option(names = "--dual")
    private boolean dual;

    @Option(names = "--behaviour")
    private String behaviour = "normal";

    @Option(names = "--behaviour-seconds")
    private @Nullable Integer behaviourSeconds;

    @Option(names = "--no-webhook")
    private boolean noWebhook;

    CallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws StackFailure, InterruptedException {
        JsonObject wanted = new JsonObject()
                .put("tenant", tenant)
                .put("seconds", seconds)
                .put("channels", dual ? 2 : 1)
                .put("behaviour", behaviour)
                .put("webhook", !noWebhook);
        if (behaviourSeconds != null) {
            wanted.put("behaviourSeconds", behaviourSeconds);
        }
        JsonObject answer = new ControlClient(where.home()).post("/control/calls", wanted);
        console.line(answer.encode());
        return refused(answer) ? 1 : 0;
    }

    /** The recording exists, but Earshot does not know of it: the JSON says so, and so does a line for a person. */
    private boolean refused(JsonObject answer) {
        Integer status = answer.getInteger("webhookStatus");
        boolean refused = status != null && (status < 200 || status > 299);
        if (refused) {
            console.error("earshot: the gateway did not take the webhook (HTTP " + status + "): "
                    + answer.getString("webhookError", "see its log"));
        }
        return refused;
    }
}
