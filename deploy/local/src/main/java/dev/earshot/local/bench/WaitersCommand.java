package dev.earshot.local.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.earshot.local.Console;
import dev.earshot.local.HomeOptions;
import dev.earshot.local.bench.Waiter.Kind;
import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import dev.earshot.local.stack.Ports;
import dev.earshot.local.stack.Stack;
import dev.earshot.local.stack.StackOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code bench waiters}: many wait for one recording on one gateway; how soon after ready is each of them told? */
@Command(name = "waiters")
final class WaitersCommand implements Callable<Integer> {
    private static final String TENANT = "acme";
    /** Files of a gateway and of this process beside the waiters' connections. */
    private static final int OTHER_FILES = 500;

    private static final long GATHER_SECONDS = 180;
    private static final long TELL_SECONDS = 120;

    private final Console console;

    @ParentCommand
    private @Nullable BenchCommand bench;

    @Option(names = "--waiters")
    private int count = 5000;

    @Option(names = "--mode")
    private Mode mode = Mode.MIXED;

    @Option(names = "--within")
    private long withinMillis = 1000;

    WaitersCommand(Console console) {
        this.console = console;
    }

    /** {@code --mode}. */
    enum Mode {
        WAIT,
        EVENTS,
        MIXED;

        private Kind of(int index) {
            return switch (this) {
                case WAIT -> Kind.WAIT;
                case EVENTS -> Kind.EVENTS;
                case MIXED -> index % 2 == 0 ? Kind.WAIT : Kind.EVENTS;
            };
        }
    }

    @Override
    public Integer call() throws Exception {
        requireFiles(mostFilesHere(), "This process");
        HomeOptions where = Objects.requireNonNull(bench, "picocli sets it").where();
        StackHome home = where.home();
        if (Files.exists(home.stackFile())) {
            console.line("Using the stack that runs in " + home.root());
            return measure(new BenchTarget(home));
        }
        StackHome own = new StackHome(home.root().resolve("bench"));
        System.setProperty("earshot.stack.log", own.log("stack").toString());
        console.line("Starting a stack of its own in " + own.root());
        Stack stack = new Stack(
                new StackOptions(
                        own,
                        where.repository(),
                        Ports.choose(true, Map.of()),
                        true,
                        false,
                        Optional.empty(),
                        1,
                        Map.of(),
                        Map.of()),
                console);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::stopQuietly, "stop"));
        stack.start();
        return measure(new BenchTarget(own));
    }

    private int measure(BenchTarget target)
            throws StackFailure, IOException, InterruptedException, SQLException, ExecutionException, TimeoutException {
        requireFiles(target.mostFiles(), "The gateway");
        String token = token(target);
        String sid = target.post(
                        "/control/calls", new JsonObject().put("tenant", TENANT).put("seconds", 5))
                .getString("recordingSid");
        warmUp(target, token);
        GatewayUse before = target.use();
        // What nobody fetches stays as it is until all are there.
        target.service("fetcher", "pause");
        try (Crowd crowd = new Crowd(waiters(target, sid, token), target.gateway())) {
            GatewayUse during;
            try {
                requireAccepted(target.get("/api/recordings/" + sid + "/stream", token));
                crowd.gather(GATHER_SECONDS);
                awaitAllWaiting(target);
                during = target.use();
                console.line(count + " wait for " + sid + "; now it is fetched");
            } finally {
                target.service("fetcher", "continue");
            }
            return report(target, sid, crowd, before, during);
        }
    }

    /** The first of everything is slow, and not what is measured: one recording from click to ready. */
    private void warmUp(BenchTarget target, String token) throws StackFailure, IOException, InterruptedException {
        String sid = target.post(
                        "/control/calls", new JsonObject().put("tenant", TENANT).put("seconds", 5))
                .getString("recordingSid");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(TELL_SECONDS);
        while (target.get("/api/recordings/" + sid + "/stream", token) == 202 && System.nanoTime() < until) {
            Thread.sleep(200);
        }
    }

    private static void requireAccepted(int status) throws StackFailure {
        if (status != 202) {
            throw new StackFailure("The recording should be on its way (202), but the gateway said " + status);
        }
    }

    private List<Waiter> waiters(BenchTarget target, String sid, String token) {
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiters.add(new Waiter(mode.of(i), target.gateway().getHost(), sid, token));
        }
        return waiters;
    }

    private static String token(BenchTarget target) throws StackFailure, InterruptedException {
        return target.post(
                        "/control/tokens",
                        new JsonObject()
                                .put("tenant", TENANT)
                                .put("roles", new JsonArray().add("recordings:play"))
                                .put("expiresInSeconds", 3600))
                .getString("token");
    }

    /** Some are between two of their waits at any moment; nearly all at once is what is waited for. */
    private void awaitAllWaiting(BenchTarget target) throws IOException, InterruptedException, StackFailure {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(GATHER_SECONDS);
        long waiting = target.waiting();
        while (waiting < count - count / 100) {
            if (System.nanoTime() > until) {
                throw new StackFailure("Only " + waiting + " of " + count + " wait in the gateway");
            }
            Thread.sleep(100);
            waiting = target.waiting();
        }
    }

    private int report(BenchTarget target, String sid, Crowd crowd, GatewayUse before, GatewayUse during)
            throws SQLException, InterruptedException, IOException, StackFailure {
        long[] waits = crowd.told(Kind.WAIT, TELL_SECONDS);
        long[] events = crowd.told(Kind.EVENTS, TELL_SECONDS);
        long readyAt = target.readyAtMicros(sid);
        GatewayUse after = target.use();
        Distribution all = since(
                readyAt,
                LongStream.concat(Arrays.stream(waits), Arrays.stream(events)).toArray());
        console.line("");
        console.line(Distribution.head());
        console.line(since(readyAt, waits).row("HEAD, Prefer: wait"));
        console.line(since(readyAt, events).row("event streams"));
        console.line(all.row("all"));
        console.line("");
        console.line(GatewayUse.table(List.of("before", "waiting", "told"), List.of(before, during, after)));
        console.line("");
        if (crowd.refusals() > 0) {
            console.line(crowd.refusals() + " answers were 503, and those waiters came again 2 s later");
        }
        if (all.count() < count) {
            console.error(
                    "earshot: " + (count - all.count()) + " of " + count + " were not told: " + crowd.firstFailure());
            return 1;
        }
        boolean kept = all.maxMicros() <= withinMillis * 1000;
        console.line(count + " waiters, all told within " + all.maxMicros() / 1000 + " ms of ready: "
                + (kept ? "kept" : "NOT kept") + " (" + withinMillis + " ms)");
        return kept ? 0 : 1;
    }

    private static Distribution since(long readyAt, long[] told) {
        return new Distribution(
                Arrays.stream(told).map(micros -> micros - readyAt).toArray());
    }

    private void requireFiles(long most, String who) throws StackFailure {
        if (most > 0 && most < count + OTHER_FILES) {
            throw new StackFailure(who + " may open " + most + " files only, and " + count
                    + " connections need more: raise the limit (ulimit -Hn) or lower --waiters");
        }
    }

    /** 0 if the system does not tell. Java raises its own soft limit to the hard one. */
    private static long mostFilesHere() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 0;
    }
}
