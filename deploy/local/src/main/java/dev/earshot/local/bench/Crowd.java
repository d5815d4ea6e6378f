package dev.earshot.local.bench;

import dev.earshot.local.bench.Waiter.Kind;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All who wait. They come a few at a time: how fast a gateway accepts is another measurement. */
final class Crowd implements AutoCloseable {
    private static final int LOOPS = 2;
    /** Each loop lets so many begin at a time; an accept queue holds more. */
    private static final int AT_ONCE = 50;

    private final Vertx vertx = Vertx.vertx();
    private final List<Waiter> waiters;
    private final URI gateway;

    Crowd(List<Waiter> waiters, URI gateway) {
        this.waiters = waiters;
        this.gateway = gateway;
    }

    /** Returns when everybody has begun, whether well or not. */
    void gather(long withinSeconds) throws InterruptedException, ExecutionException, TimeoutException {
        CountDownLatch begun = new CountDownLatch(waiters.size());
        List<Iterator<Waiter>> shares = new ArrayList<>();
        for (int loop = 0; loop < LOOPS; loop++) {
            shares.add(waiters.subList(loop * waiters.size() / LOOPS, (loop + 1) * waiters.size() / LOOPS)
                    .iterator());
        }
        Iterator<Iterator<Waiter>> share = shares.iterator();
        vertx.deployVerticle(() -> new Loop(share.next(), begun), new DeploymentOptions().setInstances(LOOPS))
                .toCompletionStage()
                .toCompletableFuture()
                .get(withinSeconds, TimeUnit.SECONDS);
        if (!begun.await(withinSeconds, TimeUnit.SECONDS)) {
            throw new TimeoutException(begun.getCount() + " of " + waiters.size() + " could not begin to wait");
        }
    }

    private final class Loop extends AbstractVerticle {
        private final Iterator<Waiter> share;
        private final CountDownLatch begun;

        private Loop(Iterator<Waiter> share, CountDownLatch begun) {
            this.share = share;
            this.begun = begun;
        }

        @Override
        public void start() {
            NetClient client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(20_000));
            for (int i = 0; i < AT_ONCE; i++) {
                next(client);
            }
        }

        private void next(NetClient client) {
            if (share.hasNext()) {
                share.next().start(client, gateway.getHost(), gateway.getPort()).onComplete(ignored -> {
                    begun.countDown();
                    // Not from within the callback of a connection that failed at once.
                    vertx.runOnContext(later -> next(client));
                });
            }
        }
    }

    /** When each of a kind was told, in microseconds since 1970; waits for all. */
    long[] told(Kind kind, long withinSeconds) throws InterruptedException {
        List<Waiter> those =
                waiters.stream().filter(waiter -> waiter.kind() == kind).toList();
        CompletableFuture<?> all = Future.join(those.stream()
                        .map(Waiter::told)
                        .map(future -> (Future<?>) future)
                        .toList())
                .toCompletionStage()
                .toCompletableFuture();
        try {
            var unused = all.get(withinSeconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException some) {
            // Those who were not told are counted by who asked.
        }
        return those.stream()
                .map(Waiter::told)
                .filter(Future::succeeded)
                .mapToLong(Future::result)
                .toArray();
    }

    /** How often somebody was refused (503) and came again. */
    int refusals() {
        return waiters.stream().mapToInt(Waiter::refusals).sum();
    }

    /** Why the first one failed, for a person. */
    String firstFailure() {
        return waiters.stream()
                .map(Waiter::told)
                .filter(Future::failed)
                .map(failed -> String.valueOf(failed.cause()))
                .findFirst()
                .orElse("no answer in time");
    }

    @Override
    public void close() throws InterruptedException {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException harmless) {
            // The process ends anyway.
        }
    }
}
