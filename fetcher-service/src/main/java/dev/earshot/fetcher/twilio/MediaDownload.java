package dev.earshot.fetcher.twilio;

import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.Trouble.NotAudio;
import dev.earshot.fetcher.failure.Trouble.RefusedAnswer;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.spool.SpoolFile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One download, alive on one Vert.x context, so it needs no locks:
 *
 * <pre>
 * start ─▶ request ─▶ answer ─┬─ 200, audio ──▶ body into the spool ─▶ complete
 *            ▲                ├─ redirect ─────▶ checked, then request again without credentials
 *            └────────────────┘
 *                             └─ anything else ▶ a prefix of the body is read for Twilio's code ─▶ fail
 * </pre>
 */
final class MediaDownload {
    private final HttpClient client;
    private final MediaRules rules;
    private final Clock clock;
    private final MediaRequest request;
    private final SpoolFile file;
    private final SilenceWatch watch;
    private final MediaBody body;
    private final Consumer<Download> onComplete;
    private final Consumer<Throwable> onFailure;

    private @Nullable HttpClientRequest running;
    private boolean answered;
    private boolean repeated;
    private boolean done;

    MediaDownload(
            Vertx vertx,
            HttpClient client,
            MediaRules rules,
            Clock clock,
            MediaRequest request,
            SpoolFile file,
            Consumer<Download> onComplete,
            Consumer<Throwable> onFailure) {
        this.client = client;
        this.rules = rules;
        this.clock = clock;
        this.request = request;
        this.file = file;
        this.onComplete = onComplete;
        this.onFailure = onFailure;
        this.watch = new SilenceWatch(
                vertx,
                limit -> fail(new Trouble.TimedOut(
                        (answered ? "the body was silent for " : "no answer came for ") + limit.toSeconds() + " s")));
        this.body = new MediaBody(vertx, file, rules.capBytes(), watch, this::letGo, this::complete, this::fail);
    }

    void start() {
        if (done) {
            return;
        }
        TwilioAccount account = request.account();
        try {
            get(
                    MediaUrl.of(
                            account.baseUrl(),
                            account.sid(),
                            request.recordingSid(),
                            request.format(),
                            request.channels()),
                    0);
        } catch (RuntimeException e) {
            end();
            onFailure.accept(e);
        }
    }

    /** The caller has lost interest. */
    void cancel() {
        end();
    }

    private void get(URI url, int hop) {
        watch.start(rules.firstByteTimeout());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .putHeader("Accept-Encoding", "identity")
                .putHeader("User-Agent", "earshot-fetcher");
        if (hop == 0) {
            options.putHeader("Authorization", request.account().basicAuthorization());
        }
        client.request(options)
                .compose(made -> {
                    if (done) {
                        made.reset();
                    }
                    running = made;
                    return made.send();
                })
                .onSuccess(response -> answer(response, url, hop))
                .onFailure(cause -> unanswered(cause, url, hop));
    }

    /**
     * A kept connection may be closed just as it is used again. No byte of an answer came, so the GET is repeated once,
     * as RFC 9112 section 9.3.1 allows.
     */
    private void unanswered(Throwable cause, URI url, int hop) {
        if (cause instanceof HttpClosedException && !repeated && !done) {
            repeated = true;
            get(url, hop);
        } else {
            broken(cause);
        }
    }

    private void answer(@Nullable HttpClientResponse response, URI url, int hop) {
        if (done || response == null) {
            return;
        }
        response.exceptionHandler(this::broken);
        if (RedirectRules.isRedirect(response.statusCode())) {
            redirect(response, url, hop);
            return;
        }
        answered = true;
        watch.start(rules.idleTimeout());
        if (response.statusCode() != 200) {
            readPrefix(response, code -> refused(response, code));
        } else if (!rules.allows(response.getHeader("Content-Type"))) {
            readPrefix(response, code -> new NotAudio("200 with a content type that is no audio", code));
        } else {
            body.receive(response);
        }
    }

    private void redirect(HttpClientResponse response, URI from, int hop) {
        try {
            if (hop >= rules.maxRedirects()) {
                throw new TroubleException(new Trouble.RedirectRefused("more than " + hop + " redirects"));
            }
            URI to = rules.redirects().follow(request.account().baseUrl(), from, response.getHeader("Location"));
            ErrorPrefix.read(response, this::letGo, ignored -> {
                if (!done) {
                    abandonRequest();
                    get(to, hop + 1);
                }
            });
        } catch (TroubleException refused) {
            fail(refused.trouble());
        }
    }

    private Trouble refused(HttpClientResponse response, OptionalInt code) {
        return new RefusedAnswer(
                response.statusCode(), code, RetryAfter.parse(response.getHeader("Retry-After"), clock.instant()));
    }

    /** An error's body is explained by its first bytes; however it ends, the status stands. */
    private void readPrefix(HttpClientResponse response, Function<OptionalInt, Trouble> explain) {
        ErrorPrefix.read(response, this::letGo, code -> fail(explain.apply(code)));
    }

    private void complete(SpoolWriter written) {
        if (!done) {
            done = true;
            watch.stop();
            onComplete.accept(new Download(file, written.sizeBytes(), written.sha256(), clock.instant()));
        }
    }

    private void broken(Throwable cause) {
        fail(answered ? Breakage.inBody(cause) : Breakage.beforeAnswer(cause));
    }

    private void fail(Trouble trouble) {
        if (!done) {
            end();
            onFailure.accept(new TroubleException(trouble));
        }
    }

    private void end() {
        if (done) {
            return;
        }
        done = true;
        watch.stop();
        abandonRequest();
        body.abandon();
    }

    /** The answer was read to its end: what we did to its connection now, the pool's next user would suffer. */
    private void letGo() {
        running = null;
    }

    /** Closes the connection: the rest of a body that nobody wants must not be read to its end. */
    private void abandonRequest() {
        if (running != null) {
            running.reset();
            running = null;
        }
    }
}
