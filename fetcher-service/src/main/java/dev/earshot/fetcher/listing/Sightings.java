package dev.earshot.fetcher.listing;

import dev.earshot.events.AccountSid;
import dev.earshot.events.RecordingSeen;
import dev.earshot.fetcher.twilio.ListedPage;
import dev.earshot.fetcher.twilio.ListedRecording;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What of a page is told: what is final at Twilio and was made in the wanted time. */
final class Sightings {
    private Sightings() {}

    static List<RecordingSeen> of(
            AccountSid account, ListedPage page, Predicate<Instant> wanted, Instant now, Optional<String> backfillId) {
        return page.recordings().stream()
                .filter(recording -> wanted.test(recording.createdAt()))
                .flatMap(recording ->
                        status(recording).stream().map(status -> seen(account, recording, status, now, backfillId)))
                .toList();
    }

    /** Twilio's dates have whole seconds: what was made in the first second may seem to be made before it began. */
    static boolean isSince(Instant made, Instant from) {
        return !made.isBefore(from.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Optional<RecordingSeen.Status> status(ListedRecording recording) {
        return switch (recording.progress()) {
            case COMPLETED -> Optional.of(RecordingSeen.Status.COMPLETED);
            case ABSENT -> Optional.of(RecordingSeen.Status.ABSENT);
            case UNFINISHED, DELETED -> Optional.empty();
        };
    }

    private static RecordingSeen seen(
            AccountSid account,
            ListedRecording recording,
            RecordingSeen.Status status,
            Instant now,
            Optional<String> backfillId) {
        return new RecordingSeen(
                account,
                recording.callSid(),
                recording.sid(),
                status,
                recording.startedAt(),
                recording.durationSeconds(),
                recording.channels(),
                now,
                backfillId);
    }
}
