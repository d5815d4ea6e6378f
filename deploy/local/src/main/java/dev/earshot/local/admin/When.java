package dev.earshot.local.admin;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A moment, or a day of UTC, as an option names it. */
final class When {
    private When() {}

    /** The moment, or the beginning of the day. */
    static Instant from(CommandSpec of, String option, String text) {
        return instant(of, option, text, 0);
    }

    /** The moment, or the end of the day. */
    static Instant to(CommandSpec of, String option, String text) {
        return instant(of, option, text, 1);
    }

    private static Instant instant(CommandSpec of, String option, String text, int daysLater) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(daysLater)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeParseException invalid) {
            throw new ParameterException(
                    of.commandLine(),
                    option + " is a day such as 2026-11-21 or a moment such as 2026-11-21T08:00:00Z, not " + text,
                    invalid);
        }
    }
}
