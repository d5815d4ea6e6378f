package dev.earshot.gateway.delivery;

import dev.earshot.events.RecordingKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Makes the CDN forget what is gone from the store. It is called by the sweeper, after the store has deleted and until it succeeds:
 * a copy that the CDN was just making is caught by the next time, for a tombstone is purged at least twice.
 */
@Startup
@ApplicationScoped
public class CdnPurge {
    /** Nearly always there is one; nobody's CDN shall meet a crowd. */
    private static final int CALLS_AT_ONCE = 4;

    private final DeliveryConfig.Purge config;
    private final Optional<CdnUrls> cdn;
    private final HttpClient client;
    private final MeterRegistry meters;

    CdnPurge(DeliveryConfig config, Vertx vertx, MeterRegistry meters) {
        this.config = config.cdn().purge();
        this.cdn = Delivery.cdn(config);
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) this.config.timeout().toMillis()));
        this.meters = meters;
        // There from the start (so @Startup), so that the first one shows as an increase.
        counter(true).increment(0);
        counter(false).increment(0);
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * Everything of a recording up to a generation; at once if there is no CDN that wants to be told.
     *
     * @throws CdnUnavailableException in the Uni, if any call was not answered with 2xx or 404
     */
    public Uni<Void> purge(RecordingKey key, int generations) {
        List<PurgeCall> calls = cdn.flatMap(
                        urls -> config.url().map(url -> PurgeCall.of(url, config.body(), urls, key, generations)))
                .orElse(List.of());
        return Multi.createFrom()
                .iterable(calls)
                .onItem()
                .transformToUni(this::call)
                .merge(CALLS_AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> call(PurgeCall call) {
        return Uni.createFrom()
                .completionStage(() -> send(call).toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .failWith(() -> new CdnUnavailableException("the CDN's purge hook did not answer in time"))
                .invoke(CdnPurge::requireDone)
                .onItemOrFailure()
                .invoke((status, failure) -> count(failure == null))
                .onFailure(failure -> !(failure instanceof CdnUnavailableException))
                // The cause may quote the URL.
                .transform(failure -> new CdnUnavailableException("the CDN's purge hook could not be called: "
                        + failure.getClass().getSimpleName()));
    }

    private Future<Integer> send(PurgeCall call) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(call.url())
                .setMethod(HttpMethod.valueOf(config.method()))
                .setTimeout(config.timeout().toMillis());
        config.authorization().ifPresent(value -> options.putHeader("Authorization", value));
        return client.request(options)
                .compose(request -> send(request, call.body()))
                .compose(response -> response.end().map(ignored -> response.statusCode()));
    }

    private static Future<io.vertx.core.http.HttpClientResponse> send(
            HttpClientRequest request, Optional<String> body) {
        // What goes wrong is told by the future; Vert.x would log it once more.
        request.exceptionHandler(ignored -> {});
        return body.map(text ->
                        request.putHeader("Content-Type", "application/json").send(Buffer.buffer(text)))
                .orElseGet(request::send);
    }

    /** 404: it has nothing of that name, which is what was wanted. */
    private static void requireDone(int status) {
        if (status / 100 != 2 && status != 404) {
            throw new CdnUnavailableException("the CDN's purge hook answered " + status);
        }
    }

    private void count(boolean done) {
        counter(done).increment();
    }

    private Counter counter(boolean done) {
        return meters.counter("earshot.cdn.purges", "outcome", done ? "done" : "failed");
    }
}
