package dev.earshot.fetcher.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.api.v2010.account.RecordingFetcher;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.failure.SourceState;
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

/**
 * A recording's metadata, by Twilio's SDK. The SDK blocks, so each call has a virtual thread; a semaphore bounds them.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-resource">Twilio: fetch a
 *     recording</a>
 */
@Singleton
public class TwilioMetadata {
    /** The SDK tries a 5xx up to three times, each with its own time-outs; the whole call ends before that. */
    private static final int TRIES = 3;

    private final Duration timeout;
    private final Semaphore inFlight;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("twilio-metadata-", 0).factory());
    private final Map<TwilioAccount, TwilioRestClient> clients = new ConcurrentHashMap<>();

    @Inject
    public TwilioMetadata(TwilioConfig config) {
        this.timeout = config.metadataTimeout();
        this.inFlight = new Semaphore(config.metadataInFlight(), true);
    }

    /**
     * What the metadata says.
     *
     * @return the state, or a {@link TroubleException} if Twilio could not be asked
     */
    public Uni<SourceState> look(TwilioAccount account, RecordingSid recording) {
        return Uni.createFrom()
                .item(() -> fetch(account, recording))
                .runSubscriptionOn(threads)
                .ifNoItem()
                .after(timeout.multipliedBy(TRIES))
                .fail()
                .onFailure(TimeoutException.class)
                .transform(ignored -> trouble(new Trouble.TimedOut("the metadata did not come in time")));
    }

    private SourceState fetch(TwilioAccount account, RecordingSid recording) {
        inFlight.acquireUninterruptibly();
        try {
            return state(new RecordingFetcher(account.sid().value(), recording.value())
                    .setIncludeSoftDeleted(true)
                    .fetch(client(account)));
        } catch (ApiException e) {
            return refused(e);
        } catch (TwilioException e) {
            throw trouble(new Trouble.ConnectionFailed("the metadata could not be asked for"));
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

    private static SourceState state(Recording recording) {
        Recording.Status status = recording.getStatus();
        if (status == null) {
            // A status that this SDK does not know yet: waiting harms nobody, a final failure might.
            return new SourceState.Processing();
        }
        return switch (status) {
            case IN_PROGRESS, PAUSED, STOPPED, PROCESSING -> new SourceState.Processing();
            case ABSENT -> new SourceState.Absent(code(recording.getErrorCode()));
            case DELETED -> new SourceState.Deleted();
            case COMPLETED ->
                recording.getEncryptionDetails() != null
                        ? new SourceState.Encrypted()
                        : new SourceState.Completed(RecordingTimes.endOf(recording));
        };
    }

    private static SourceState refused(ApiException e) {
        Integer status = e.getStatusCode();
        if (status == null) {
            throw trouble(new Trouble.ConnectionFailed("the metadata's answer could not be read"));
        }
        if (status == 404) {
            return new SourceState.Unknown();
        }
        throw trouble(new Trouble.RefusedAnswer(status, code(e.getCode()), Optional.empty()));
    }

    private static OptionalInt code(@org.jspecify.annotations.Nullable Integer code) {
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
