package dev.earshot.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingLogTest {
    private final Logger logger = Logger.getLogger(RecordingLogTest.class.getName());
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(lines);
    }

    @Test
    void aLineSaysWhatHappenedAndItsKeysToWhich() {
        RecordingRow row = SampleRows.row(RecordingRow.State.FETCHING);

        new RecordingLog(RecordingLogTest.class)
                .error(
                        RecordingLog.Keys.of(Rows.recording(row, SampleRows.NOW))
                                .code("store-mismatch"),
                        "Not to be seen %d");

        ExtLogRecord line = ExtLogRecord.wrap(lines.seen.getFirst());
        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(line.getFormattedMessage()).isEqualTo("Not to be seen %d");
        assertThat(line.getMdcCopy())
                .containsAllEntriesOf(Map.of(
                        "tenant", "acme",
                        "recordingSid", row.recordingSid,
                        "callSid", row.callSid,
                        "attempt", "2",
                        "code", "store-mismatch"));
    }

    /** Keeps what is logged. */
    private static final class Lines extends Handler {
        private final List<LogRecord> seen = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            seen.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
