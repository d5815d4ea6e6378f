package dev.earshot.fetcher.twilio;

import com.twilio.rest.api.v2010.account.Recording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a recording ended: its start and its duration, which Twilio writes as a string of seconds. */
final class RecordingTimes {
    private RecordingTimes() {}

    static Optional<Instant> endOf(Recording recording) {
        return startOf(recording).map(start -> start.plus(duration(recording.getDuration())));
    }

    private static Optional<Instant> startOf(Recording recording) {
        return Optional.ofNullable(recording.getStartTime())
                .or(() -> Optional.ofNullable(recording.getDateCreated()))
                .map(ZonedDateTime::toInstant);
    }

    private static Duration duration(@Nullable String seconds) {
        return seconds != null && seconds.matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }
}
