package dev.earshot.gateway.store;

import dev.earshot.events.StoredObject;
import dev.earshot.gateway.playback.AudioStore;
import dev.earshot.gateway.playback.ByteRange;
import dev.earshot.gateway.playback.PlaybackConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Playback's way to the bytes: a Vert.x client, whose answers can be written straight into the listener's connection
 * with back-pressure (two to three times the throughput of the SDK's publisher).
 */
@ApplicationScoped
class S3PlaybackStore implements AudioStore {
    /** One NoSuchKey may be a replica that lags; three are an answer. */
    private static final int LOOKS = 3;
    /** S3's error documents are a few hundred bytes. */
    private static final long LARGEST_ERROR = 64 * 1024;

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z]{1,64})</Code>");

    private final Vertx vertx;
    private final S3PlaybackSigner signer;
    private final S3PlaybackConfig config;
    private final HttpClient client;

    S3PlaybackStore(Vertx vertx, S3PlaybackSigner signer, S3PlaybackConfig config, PlaybackConfig playback) {
        this.vertx = vertx;
        this.signer = signer;
        this.config = config;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setKeepAliveTimeout(
                                Math.max(1, (int) config.keepAlive().toSeconds()))
                        .setDecompressionSupported(false),
                // As many as there may be streams, so that nobody waits here; the bound is max-streams.
                new PoolOptions().setHttp1MaxSize(playback.maxStreams()));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    @Override
    public Uni<Opened> open(StoredObject object, ByteRange range) {
        return look(object, range, vertx.getOrCreateContext(), 1);
    }

    private Uni<Opened> look(StoredObject object, ByteRange range, Context context, int nth) {
        return signer.get(object, range)
                .emitOn(command -> context.runOnContext(ignored -> command.run()))
                .chain(request -> send(request, object, range, context))
                .onFailure(S3PlaybackStore::isBrokenConnection)
                // A kept connection that the store has closed meanwhile shows only now; a GET may be repeated.
                .retry()
                .atMost(1)
                .onFailure()
                .recoverWithItem(
                        failure -> new Opened.Unavailable(failure.getClass().getSimpleName()))
                .chain(opened -> nth < LOOKS && opened instanceof Opened.Vanished
                        ? lookAgain(object, range, context, nth)
                        : Uni.createFrom().item(opened))
                .emitOn(command -> onContext(context, command));
    }

    /** At once where that is possible: a stream that waits for its turn is lost if its listener leaves meanwhile. */
    private static void onContext(Context context, Runnable command) {
        if (Vertx.currentContext() == context) {
            command.run();
        } else {
            context.runOnContext(ignored -> command.run());
        }
    }

    private Uni<Opened> lookAgain(StoredObject object, ByteRange range, Context context, int nth) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(config.lookAgain())
                .chain(() -> look(object, range, context, nth + 1));
    }

    private Uni<Opened> send(SdkHttpRequest signed, StoredObject object, ByteRange range, Context context) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl(signed.protocol().equals("https"))
                .setHost(signed.host())
                .setPort(signed.port())
                .setURI(signed.encodedPath());
        signed.forEachHeader((name, values) -> options.putHeader(name, String.join(",", values)));
        S3Get get = new S3Get(vertx, context);
        return Uni.createFrom()
                .completionStage(() -> get.send(client, options, config.firstByteTimeout())
                        .compose(response -> read(response, object, range))
                        .toCompletionStage())
                .onCancellation()
                .invoke(get::abandon);
    }

    private Future<Opened> read(HttpClientResponse response, StoredObject object, ByteRange range) {
        return switch (response.statusCode()) {
            case 200, 206 -> Future.succeededFuture(promised(response, object, range));
            case 404 -> readError(response).map(S3PlaybackStore::missing);
            case 412 -> Future.succeededFuture(foreign(response, "another object lies under the key"));
            default -> {
                reset(response);
                yield Future.succeededFuture(new Opened.Unavailable("status " + response.statusCode()));
            }
        };
    }

    /** Vert.x tells of an orderly close by an exception of its own, which is no IOException. */
    private static boolean isBrokenConnection(Throwable failure) {
        return failure instanceof IOException || failure instanceof HttpClosedException;
    }

    /** Stores send their errors chunked, so neither their length nor their end can be relied on: both are bounded. */
    private Future<Buffer> readError(HttpClientResponse response) {
        Promise<Buffer> read = Promise.promise();
        Buffer error = Buffer.buffer();
        long timer = vertx.setTimer(Math.max(1, config.firstByteTimeout().toMillis()), ignored -> {
            if (read.tryComplete(error)) {
                response.request().reset();
            }
        });
        response.handler(chunk -> {
            error.appendBuffer(chunk);
            if (error.length() > LARGEST_ERROR && read.tryComplete(error)) {
                response.request().reset();
            }
        });
        response.exceptionHandler(read::tryFail);
        response.endHandler(ignored -> read.tryComplete(error));
        response.resume();
        return read.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /** Some stores do not know If-Match on a GET: what they send is compared with what was announced. */
    private static Opened promised(HttpClientResponse response, StoredObject object, ByteRange range) {
        return S3Announced.of(object, range)
                .contradictedBy(response.statusCode(), response.headers())
                .map(why -> foreign(response, why))
                .orElseGet(() -> new Opened.Stream(response, response.request()::reset));
    }

    private static Opened missing(Buffer error) {
        Matcher code = CODE.matcher(error.toString());
        String found = code.find() ? code.group(1) : "none";
        return found.equals("NoSuchKey") ? new Opened.Vanished() : new Opened.Unavailable("404 with code " + found);
    }

    private static Opened foreign(HttpClientResponse response, String why) {
        reset(response);
        return new Opened.Unavailable(why, true);
    }

    private static void reset(HttpClientResponse response) {
        // What comes after our own reset interests nobody.
        response.exceptionHandler(ignored -> {});
        response.request().reset();
    }
}
