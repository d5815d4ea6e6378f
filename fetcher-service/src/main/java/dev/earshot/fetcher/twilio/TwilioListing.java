package dev.earshot.fetcher.twilio;

import com.twilio.base.Page;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.api.v2010.account.RecordingReader;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingSid;
import dev.earshot.fetcher.twilio.ListedRecording.Progress;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The recordings of an account, page by page, newest first.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/recording#read-multiple-recording-resources">Twilio: read multiple
 *     recordings</a>
 */
@Singleton
public class TwilioListing {
    private static final String WHAT = "the list of recordings";
    /** Where the SDK thinks that it is; our client sends it to the account's own base URL. */
    private static final String SDK_HOST = "https://api.twilio.com";

    private final TwilioCalls calls;

    @Inject
    TwilioListing(TwilioCalls calls) {
        this.calls = calls;
    }

    /**
     * The first page of what was made in a span of time. Twilio documents the filter by day: there may be more than was asked for.
     *
     * @param from recordings that were made at this time or later
     * @param to recordings that were made at this time or before; empty for all since
     * @return the page, or a {@link dev.earshot.fetcher.failure.TroubleException}
     */
    public Uni<ListedPage> first(TwilioAccount account, Instant from, Optional<Instant> to, int pageSize) {
        RecordingReader reader = new RecordingReader(account.sid().value())
                .setDateCreatedAfter(utc(from))
                .setPageSize((long) pageSize);
        to.ifPresent(until -> reader.setDateCreatedBefore(utc(until)));
        return calls.ask(account, WHAT, client -> page(account, reader.firstPage(client)));
    }

    /**
     * A later page.
     *
     * @param next what the page before it named
     * @return the page, or a {@link dev.earshot.fetcher.failure.TroubleException}
     */
    public Uni<ListedPage> next(TwilioAccount account, String next) {
        return calls.ask(
                account,
                WHAT,
                client -> page(account, new RecordingReader(account.sid().value()).getPage(SDK_HOST + next, client)));
    }

    /** Whether the text is a page of this account's list: it comes from outside, and credentials are sent with it. */
    public static boolean isPageOf(TwilioAccount account, String next) {
        return next.startsWith("/2010-04-01/Accounts/" + account.sid() + "/Recordings.json?");
    }

    private static ListedPage page(TwilioAccount account, Page<Recording> page) {
        List<ListedRecording> recordings = new ArrayList<>();
        for (Recording recording : page.getRecords()) {
            listed(recording).ifPresent(recordings::add);
        }
        return new ListedPage(recordings, page.getRecords().size() - recordings.size(), next(account, page));
    }

    private static Optional<String> next(TwilioAccount account, Page<Recording> page) {
        if (!page.hasNextPage()) {
            return Optional.empty();
        }
        String url = page.getNextPageUrl("api");
        return Optional.ofNullable(url)
                .map(text -> text.replaceFirst("^https?://[^/]*", ""))
                .filter(path -> isPageOf(account, path));
    }

    private static Optional<ListedRecording> listed(Recording recording) {
        ZonedDateTime created = recording.getDateCreated();
        if (created == null || !isSid(recording)) {
            return Optional.empty();
        }
        return Optional.of(new ListedRecording(
                new RecordingSid(recording.getSid()),
                new CallSid(recording.getCallSid()),
                progress(recording.getStatus()),
                created.toInstant(),
                Optional.ofNullable(recording.getStartTime()).map(ZonedDateTime::toInstant),
                seconds(recording.getDuration()),
                channels(recording.getChannels())));
    }

    private static boolean isSid(Recording recording) {
        return recording.getSid() != null
                && RecordingSid.isValid(recording.getSid())
                && recording.getCallSid() != null
                && CallSid.isValid(recording.getCallSid());
    }

    /** A status that this SDK does not know yet is looked at again. */
    private static Progress progress(Recording.@Nullable Status status) {
        if (status == null) {
            return Progress.UNFINISHED;
        }
        return switch (status) {
            case IN_PROGRESS, PAUSED, STOPPED, PROCESSING -> Progress.UNFINISHED;
            case COMPLETED -> Progress.COMPLETED;
            case ABSENT -> Progress.ABSENT;
            case DELETED -> Progress.DELETED;
        };
    }

    private static OptionalInt seconds(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static OptionalInt channels(@Nullable Integer channels) {
        return channels != null && (channels == 1 || channels == 2) ? OptionalInt.of(channels) : OptionalInt.empty();
    }

    private static ZonedDateTime utc(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }
}
