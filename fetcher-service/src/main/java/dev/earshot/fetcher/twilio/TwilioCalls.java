package dev.earshot.fetcher.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls of Twilio's SDK, which blocks: each has a virtual thread; a semaphore bounds them all. */
@Singleton
class TwilioCalls {
    /** The SDK tries a 5xx up to three times, each with its own time-outs; the whole call ends before that. */
    private static final int TRIES = 3;

    private final Duration timeout;
    private final Semaphore inFlight;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("twilio-metadata-", 0).factory());
    private final Map<TwilioAccount, TwilioRestClient> clients = new ConcurrentHashMap<>();

    @Inject
    TwilioCalls(TwilioConfig config) {
        this.timeout = config.metadataTimeout();
        this.inFlight = new Semaphore(config.metadataInFlight(), true);
    }

    /**
     * One call.
     *
     * @param what is asked for, for the one sentence of a trouble
     * @return the answer, or a {@link TroubleException}
     */
    <T> Uni<T> ask(TwilioAccount account, String what, Function<TwilioRestClient, T> call) {
        return Uni.createFrom()
                .item(() -> blocking(account, what, call))
                .runSubscriptionOn(threads)
                .ifNoItem()
                .after(timeout.multipliedBy(TRIES))
                .fail()
                .onFailure(TimeoutException.class)
                .transform(ignored -> trouble(new Trouble.TimedOut(what + " did not come in time")));
    }

    private <T> T blocking(TwilioAccount account, String what, Function<TwilioRestClient, T> call) {
        inFlight.acquireUninterruptibly();
        try {
            return call.apply(client(account));
        } catch (ApiException e) {
            throw refused(e, what);
        } catch (TwilioException e) {
            throw trouble(new Trouble.ConnectionFailed(what + " could not be asked for"));
        } finally {
            inFlight.release();
        }
    }

    private TwilioRestClient client(TwilioAccount account) {
        // Credentials may be replaced while we run: the old ones are not kept.
        clients.keySet().removeIf(other -> other.sid().equals(account.sid()) && !other.equals(account));
        return clients.computeIfAbsent(
                account,
                it -> new TwilioRestClient.Builder(it.username(), it.password())
                        .accountSid(it.sid().value())
                        .httpClient(new RebasedNetworkHttpClient(it.baseUrl(), timeout))
                        .build());
    }

    private static TroubleException refused(ApiException e, String what) {
        Integer status = e.getStatusCode();
        return trouble(
                status == null
                        ? new Trouble.ConnectionFailed("the answer to " + what + " could not be read")
                        : new Trouble.RefusedAnswer(status, code(e.getCode()), Optional.empty()));
    }

    static OptionalInt code(@Nullable Integer code) {
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    private static TroubleException trouble(Trouble trouble) {
        return new TroubleException(trouble);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
