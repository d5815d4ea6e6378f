package dev.earshot.gateway.ticket;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes tickets out of log lines. None of ours holds one; but frameworks name the whole URL of a request that failed
 * beyond every handler, and that is just when somebody sends the log around.
 */
@LoggingFilter(name = "tickets")
public final class TicketRedaction implements Filter {
    static final String MARK = "ticket=";
    private static final Pattern TICKET = Pattern.compile("([?&]ticket=)[^&\\s\"'\\]]+");

    /** Every line is logged; some are changed. */
    @Override
    public boolean isLoggable(LogRecord logged) {
        if (logged instanceof ExtLogRecord own) {
            String text = own.getFormattedMessage();
            if (text != null && text.contains(MARK)) {
                own.setMessage(redacted(text), ExtLogRecord.FormatStyle.NO_FORMAT);
            }
        }
        Throwable thrown = logged.getThrown();
        if (Redacted.holdsTicket(thrown)) {
            logged.setThrown(Redacted.copyOf(thrown));
        }
        return true;
    }

    static String redacted(@Nullable String text) {
        return text == null ? "" : TICKET.matcher(text).replaceAll("$1…");
    }
}
