package dev.earshot.gateway.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** HTTP's time stamps (RFC 9110 section 5.6.7): one format is written, three are read. */
public final class HttpDate {
    private static final DateTimeFormatter IMF = strictly("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = strictly("EEE MMM ppd HH:mm:ss uuuu");

    private HttpDate() {}

    /** For example {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    public static String format(Instant time) {
        return IMF.format(time.atOffset(ZoneOffset.UTC));
    }

    /** A day that the month does not have is no date. */
    private static DateTimeFormatter strictly(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    /** Reads any of the three formats; empty if it is none. */
    public static Optional<Instant> parse(String text, Instant now) {
        for (DateTimeFormatter format : new DateTimeFormatter[] {IMF, rfc850(now), ASCTIME}) {
            try {
                return Optional.of(LocalDateTime.parse(text.strip(), format).toInstant(ZoneOffset.UTC));
            } catch (DateTimeParseException e) {
                // Not this format: the next one.
            }
        }
        return Optional.empty();
    }

    /** A two-digit year that seems to be more than 50 years ahead is the most recent year in the past with these digits. */
    private static DateTimeFormatter rfc850(Instant now) {
        int base = ZonedDateTime.ofInstant(now, ZoneOffset.UTC).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, base)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** HTTP counts whole seconds. */
    public static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
