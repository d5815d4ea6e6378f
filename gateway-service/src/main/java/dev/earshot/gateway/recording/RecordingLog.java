package dev.earshot.gateway.recording;

import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingKey;
import dev.earshot.gateway.trace.TraceParent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Log lines about one recording: the message says what happened, the keys say to which.
 *
 * <p>The keys are put on the record itself: the threads that come here carry other contexts, or none, and an MDC that is
 * kept in a context would be lost on some of them.
 */
public final class RecordingLog {
    private final Logger logger;

    /** @param owner whose lines these are */
    public RecordingLog(Class<?> owner) {
        this.logger = Logger.getLogger(owner.getName());
    }

    /** Something went as it should. */
    public void info(Keys keys, String what) {
        say(Level.INFO, keys, what);
    }

    /** Something will mend itself. */
    public void warn(Keys keys, String what) {
        say(Level.WARN, keys, what);
    }

    /** Something needs a person. */
    public void error(Keys keys, String what) {
        say(Level.ERROR, keys, what);
    }

    private void say(Level level, Keys keys, String what) {
        if (!logger.isLoggable(level)) {
            return;
        }
        ExtLogRecord line = new ExtLogRecord(level, what, FormatStyle.NO_FORMAT, RecordingLog.class.getName());
        line.setLoggerName(logger.getName());
        keys.values.forEach(line::putMdc);
        logger.log(line);
    }

    /** To which recording it happened. */
    public static final class Keys {
        private final Map<String, String> values;

        private Keys(Map<String, String> values) {
            this.values = values;
        }

        /** A recording of which no more is known. */
        public static Keys of(RecordingKey key) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("tenant", key.tenant().value());
            values.put("recordingSid", key.recordingSid().value());
            return new Keys(values);
        }

        /** A row as it was read. */
        public static Keys of(Recording recording) {
            Keys keys = of(recording.key())
                    .with("callSid", recording.callSid().value())
                    .with("attempt", Integer.toString(recording.attempt()));
            return recording
                    .traceparent()
                    .map(trace -> keys.with("traceId", TraceParent.traceId(trace)))
                    .orElse(keys);
        }

        /** An attempt that ended. */
        public static Keys of(RecordingEvent event, String callSid, int attempt) {
            return of(event.key()).with("callSid", callSid).with("attempt", Integer.toString(attempt));
        }

        /** With the stable code of what happened. */
        public Keys code(String code) {
            return with("code", code);
        }

        private Keys with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(values);
            more.put(name, value);
            return new Keys(more);
        }
    }
}
