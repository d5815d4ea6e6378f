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
    void otherLinesStayAsTheyAre() {
        ExtLogRecord line = new ExtLogRecord(Level.INFO, "100 % of %s", FormatStyle.NO_FORMAT, "any.Logger");

        assertThat(redaction.isLoggable(line)).isTrue();

        assertThat(line.getFormattedMessage()).isEqualTo("100 % of %s");
    }
}
