package dev.earshot.gateway.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class TicketRedactionTest {
    private final TicketRedaction redaction = new TicketRedaction();

    @Test
    void aTicketInAFrameworksLineIsTakenOut() {
        ExtLogRecord line = new ExtLogRecord(
                Level.ERROR, "HTTP Request to %s failed, error id: %s", FormatStyle.PRINTF, "any.Logger");
        line.setParameters(new Object[] {"/api/recordings/RE1/stream?a=b&ticket=abc.DEF-1_2.x&c=%zz", "7"});

        assertThat(redaction.isLoggable(line)).isTrue();

        assertThat(line.getFormattedMessage())
                .isEqualTo("HTTP Request to /api/recordings/RE1/stream?a=b&ticket=…&c=%zz failed, error id: 7");
    }

    @Test
    void aTicketInAFailureIsTakenOutAndTheRestOfItStays() {
        Exception cause =
                new IllegalArgumentException("illegal character in /api/recordings/RE1/stream?ticket=abc.DEF|");
        Exception failure = new IllegalStateException("could not be read", cause);
        ExtLogRecord line = new ExtLogRecord(Level.ERROR, "failed", FormatStyle.NO_FORMAT, "any.Logger");
        line.setThrown(failure);

        assertThat(redaction.isLoggable(line)).isTrue();

        assertThat(line.getThrown())
                .hasToString("java.lang.IllegalStateException: could not be read")
                .hasStackTraceContaining("illegal character in /api/recordings/RE1/stream?ticket=…")
                .extracting(Throwable::getStackTrace)
                .isEqualTo(failure.getStackTrace());
        assertThat(String.valueOf(line.getThrown().getCause())).doesNotContain("abc.DEF");
    }

    @Test
    void aSignInsCodeAndStateAreTakenOut() {
        ExtLogRecord line = new ExtLogRecord(
                Level.ERROR,
                "HTTP Request to /console/?state=1f-2&code=abc.DEF failed",
                FormatStyle.NO_FORMAT,
                "any.Logger");

        assertThat(redaction.isLoggable(line)).isTrue();

        assertThat(line.getFormattedMessage()).isEqualTo("HTTP Request to /console/?state=…&code=… failed");
    }

    @Test
    void otherLinesStayAsTheyAre() {
        ExtLogRecord line = new ExtLogRecord(Level.INFO, "100 % of %s", FormatStyle.NO_FORMAT, "any.Logger");

        assertThat(redaction.isLoggable(line)).isTrue();

        assertThat(line.getFormattedMessage()).isEqualTo("100 % of %s");
    }
}
