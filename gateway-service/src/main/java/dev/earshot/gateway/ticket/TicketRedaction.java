package dev.earshot.gateway.ticket;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes what opens something out of log lines: tickets, and what passes between browser and provider in a URL while somebody signs in to
 * the console or out. No line of ours holds any; but frameworks name the whole URL of a request that failed beyond every handler, and
 * that is just when somebody sends the log around.
 */
@LoggingFilter(name = "secrets")
public final class TicketRedaction implements Filter {
    private static final Pattern SECRET = Pattern.compile("([?&](?:ticket|code|state|id_token_hint)=)[^&\\s\"'\\]]+");

    /** Every line is logged; some are changed. */
    @Override
    public boolean isLoggable(LogRecord logged) {
        if (logged instanceof ExtLogRecord own) {
            String text = own.getFormattedMessage();
            if (holdsSecret(text)) {
                own.setMessage(redacted(text), ExtLogRecord.FormatStyle.NO_FORMAT);
            }
        }
        Throwable thrown = logged.getThrown();
        if (Redacted.holdsSecret(thrown)) {
            logged.setThrown(Redacted.copyOf(thrown));
        }
        return true;
    }

    /** Most lines have no query at all, and are not searched any further. */
    static boolean holdsSecret(@Nullable String text) {
        return text != null && text.indexOf('=') >= 0 && SECRET.matcher(text).find();
    }

    static String redacted(@Nullable String text) {
        return text == null ? "" : SECRET.matcher(text).replaceAll("$1…");
    }
}
