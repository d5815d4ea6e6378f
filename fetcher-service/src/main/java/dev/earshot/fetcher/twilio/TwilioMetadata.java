package dev.earshot.fetcher.twilio;

import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.api.v2010.account.RecordingFetcher;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.failure.SourceState;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * A recording's metadata, by Twilio's SDK.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-resource">Twilio: fetch a
 *     recording</a>
 */
@Singleton
public class TwilioMetadata {
    private final TwilioCalls calls;

    @Inject
    TwilioMetadata(TwilioCalls calls) {
        this.calls = calls;
    }

    /**
     * What the metadata says.
     *
     * @return the state, or a {@link TroubleException} if Twilio could not be asked
     */
    public Uni<SourceState> look(TwilioAccount account, RecordingSid recording) {
        return calls.ask(
                        account,
                        "the metadata",
                        client -> new RecordingFetcher(account.sid().value(), recording.value())
                                .setIncludeSoftDeleted(true)
                                .fetch(client))
                .map(TwilioMetadata::state)
                .onFailure(TwilioMetadata::isUnknown)
                .recoverWithItem(new SourceState.Unknown());
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof TroubleException named
                && named.trouble() instanceof Trouble.RefusedAnswer answer
                && answer.status() == 404;
    }

    private static SourceState state(Recording recording) {
        Recording.Status status = recording.getStatus();
        if (status == null) {
            // A status that this SDK does not know yet: waiting harms nobody, a final failure might.
            return new SourceState.Processing();
        }
        return switch (status) {
            case IN_PROGRESS, PAUSED, STOPPED, PROCESSING -> new SourceState.Processing();
            case ABSENT -> new SourceState.Absent(TwilioCalls.code(recording.getErrorCode()));
            case DELETED -> new SourceState.Deleted();
            case COMPLETED ->
                recording.getEncryptionDetails() != null
                        ? new SourceState.Encrypted()
                        : new SourceState.Completed(RecordingTimes.endOf(recording));
        };
    }
}
