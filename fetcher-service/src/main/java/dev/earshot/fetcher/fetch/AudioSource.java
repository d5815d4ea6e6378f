package dev.earshot.fetcher.fetch;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.FetchRequested;
import dev.earshot.fetcher.audio.AudioFacts;
import dev.earshot.fetcher.audio.AudioInspector;
import dev.earshot.fetcher.audio.NotAudioException;
import dev.earshot.fetcher.failure.FailureTable;
import dev.earshot.fetcher.failure.SourceState;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.Trouble.NoMedia;
import dev.earshot.fetcher.failure.Trouble.NotAudio;
import dev.earshot.fetcher.failure.Trouble.RefusedAnswer;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.fetch.Admission.Ending;
import dev.earshot.fetcher.fetch.Admission.Permit;
import dev.earshot.fetcher.spool.SpoolFailure;
import dev.earshot.fetcher.spool.SpoolFile;
import dev.earshot.fetcher.store.AudioToStore;
import dev.earshot.fetcher.trace.Spans;
import dev.earshot.fetcher.twilio.Download;
import dev.earshot.fetcher.twilio.MediaRequest;
import dev.earshot.fetcher.twilio.TwilioAccounts;
import dev.earshot.fetcher.twilio.TwilioMedia;
import dev.earshot.fetcher.twilio.TwilioMetadata;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Validated audio from Twilio: admission, media, metadata where the media is missing, inspection. */
@Singleton
class AudioSource {
    private final TwilioAccounts accounts;
    private final TwilioMedia media;
    private final TwilioMetadata metadata;
    private final AccountWatch watch;
    private final TwilioErrors errors;
    private final Admission admission;
    private final Duration queueWait;
    private final Spans spans;

    @Inject
    AudioSource(
            TwilioAccounts accounts,
            TwilioMedia media,
            TwilioMetadata metadata,
            AccountWatch watch,
            TwilioErrors errors,
            FetchConfig config,
            MeterRegistry meters,
            Clock clock,
            Spans spans) {
        this.accounts = accounts;
        this.media = media;
        this.metadata = metadata;
        this.watch = watch;
        this.errors = errors;
        this.queueWait = config.queueWait();
        this.spans = spans;
        this.admission = new Admission(
                new Admission.Bounds(
                        config.inFlight(),
                        config.inFlightPerAccount(),
                        config.queuePerAccount(),
                        config.breaker().failures(),
                        config.breaker().openFor()),
                clock,
                account -> measure(account, meters));
    }

    /** @return audio in the spool, or a {@link TroubleException} */
    Uni<AudioToStore> download(FetchRequested request, SpoolFile file, Optional<String> traceparent) {
        return Uni.createFrom()
                .deferred(() -> {
                    MediaRequest asked = new MediaRequest(
                            accounts.get(request.accountSid()),
                            request.recordingSid(),
                            request.format(),
                            request.channels());
                    return enter(request).chain(permit -> admitted(asked, file, permit, traceparent));
                })
                .onFailure(TroubleException.class)
                .invoke(failure -> met(request.accountSid(), failure.trouble()));
    }

    private void met(AccountSid account, Trouble trouble) {
        watch.met(account, trouble);
        errors.met(trouble);
    }

    void promote(FetchRequested request) {
        admission.promote(request.accountSid(), request.recordingSid());
    }

    private Uni<Permit> enter(FetchRequested request) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Permit> place =
                    admission.enter(request.accountSid(), request.recordingSid(), request.lane());
            return Uni.createFrom()
                    .completionStage(place)
                    .ifNoItem()
                    .after(queueWait)
                    .fail()
                    .onFailure(TimeoutException.class)
                    .transform(ignored -> waitedInVain(place))
                    .onCancellation()
                    .invoke(() -> giveUp(place));
        });
    }

    private TroubleException waitedInVain(CompletableFuture<Permit> place) {
        giveUp(place);
        return new TroubleException(new Trouble.AccountBusy(
                "the account's queue did not move for " + queueWait.toSeconds() + " s", Optional.empty()));
    }

    /** The place may be given in the very moment in which nobody wants it any more. */
    private static void giveUp(CompletableFuture<Permit> place) {
        if (!place.cancel(false)) {
            var ignored = place.thenAccept(permit -> permit.end(Ending.INCONCLUSIVE));
        }
    }

    /** The permit is Twilio's part only: a slow store must not keep an account's places. */
    private Uni<AudioToStore> admitted(
            MediaRequest asked, SpoolFile file, Permit permit, Optional<String> traceparent) {
        return traced(asked, file, traceparent)
                .onItemOrFailure()
                .invoke((audio, failure) -> ended(asked, permit, failure))
                .onCancellation()
                .invoke(() -> permit.end(Ending.FAILED));
    }

    private Uni<AudioToStore> traced(MediaRequest asked, SpoolFile file, Optional<String> traceparent) {
        return spans.downloading(
                asked.account().baseUrl(),
                traceparent,
                step -> validated(asked, file)
                        .invoke(audio -> step.with("http.response.status_code", 200)
                                .with("http.response.body.size", audio.sizeBytes())));
    }

    private void ended(MediaRequest asked, Permit permit, @Nullable Throwable failure) {
        Ending ending = Endings.of(failure);
        permit.end(ending);
        watch.saw(asked.account().sid(), ending, failure);
    }

    private Uni<AudioToStore> validated(MediaRequest asked, SpoolFile file) {
        return media.download(asked, file)
                .onFailure(AudioSource::hasOneChannelOnly)
                .recoverWithUni(() -> media.download(asked.withOneChannel(), file))
                .chain(this::inspect)
                .onFailure(TroubleException.class)
                .recoverWithUni(failure -> explain(asked, failure.trouble()));
    }

    private static boolean hasOneChannelOnly(Throwable failure) {
        return failure instanceof TroubleException named
                && named.trouble() instanceof RefusedAnswer answer
                && answer.twilioCode().orElse(0) == FailureTable.ONE_CHANNEL_ONLY;
    }

    private Uni<AudioToStore> inspect(Download download) {
        return Uni.createFrom().item(() -> facts(download)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static AudioToStore facts(Download download) {
        try (SeekableByteChannel bytes = Files.newByteChannel(download.file().path())) {
            AudioFacts facts = AudioInspector.inspect(bytes);
            return new AudioToStore(
                    download.file().path(),
                    download.sizeBytes(),
                    download.sha256(),
                    facts.contentType(),
                    facts.durationMillis(),
                    facts.channels(),
                    download.fetchedAt());
        } catch (NotAudioException e) {
            throw new TroubleException(new NotAudio(String.valueOf(e.getMessage()), OptionalInt.empty()));
        } catch (IOException e) {
            throw new TroubleException(new Trouble.SpoolFailed(SpoolFailure.detail(e)));
        }
    }

    /** Some troubles can only be told apart by the metadata. */
    private Uni<AudioToStore> explain(MediaRequest asked, Trouble trouble) {
        if (trouble instanceof RefusedAnswer answer && FailureTable.metadataDecides(answer)) {
            return metadata.look(asked.account(), asked.recordingSid())
                    .map(state -> explained(answer, state))
                    .chain(it -> Uni.createFrom().failure(new TroubleException(it)));
        }
        if (trouble instanceof NotAudio && asked.format() == AudioFormat.WAV) {
            return metadata.look(asked.account(), asked.recordingSid())
                    .map(state ->
                            state instanceof SourceState.Encrypted ? new NoMedia(state, OptionalInt.empty()) : trouble)
                    .onFailure()
                    .recoverWithItem(trouble)
                    .chain(it -> Uni.createFrom().failure(new TroubleException(it)));
        }
        return Uni.createFrom().failure(new TroubleException(trouble));
    }

    /** Only 404 and 410 say that the media is not there; another 4xx about a complete recording stays what it is. */
    private static Trouble explained(RefusedAnswer answer, SourceState state) {
        boolean gone = answer.status() == 404 || answer.status() == 410;
        boolean silent = state instanceof SourceState.Completed || state instanceof SourceState.Unknown;
        return gone || !silent ? new NoMedia(state, answer.twilioCode()) : answer;
    }

    private void measure(AccountSid account, MeterRegistry meters) {
        Gauge.builder("earshot_fetch_in_flight", () -> admission.inFlight(account))
                .description("Downloads that run now")
                .tag("account", account.value())
                .register(meters);
        Gauge.builder("earshot_fetch_account_limit", () -> admission.limit(account))
                .description("Downloads that the account may have in flight, as 429 has taught")
                .tag("account", account.value())
                .register(meters);
    }
}
