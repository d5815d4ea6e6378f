package dev.earshot.fetcher.twilio;

import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.spool.SpoolFile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Downloads media: streamed with back-pressure into the spool, hashed on the way. */
@Singleton
public class TwilioMedia {
    /** A pooled connection that Twilio closes just as we use it costs an attempt; young ones are not closed. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    /** How many run at once is bounded before a download gets here; this is what those bounds may add up to. */
    public static final int MOST_DOWNLOADS = 4096;

    private final Vertx vertx;
    private final HttpClient client;
    private final MediaRules rules;
    private final Clock clock;

    @Inject
    public TwilioMedia(Vertx vertx, MediaConfig config, Clock clock) {
        this.vertx = vertx;
        this.rules = MediaRules.of(config);
        this.clock = clock;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(MOST_DOWNLOADS)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                // We ask for identity; a proxy that encodes anyway is decoded, and the size cap counts decoded bytes.
                .setDecompressionSupported(true));
    }

    /**
     * Downloads into the file, from its first byte. Cancelling the Uni aborts the download.
     *
     * @return the complete body, or a {@link TroubleException}
     */
    public Uni<Download> download(MediaRequest request, SpoolFile file) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = vertx.getOrCreateContext();
            MediaDownload download =
                    new MediaDownload(vertx, client, rules, clock, request, file, emitter::complete, emitter::fail);
            emitter.onTermination(() -> context.runOnContext(ignored -> download.cancel()));
            context.runOnContext(ignored -> download.start());
        });
    }

    @PreDestroy
    void close() {
        client.close().onFailure(ignored -> {});
    }
}
