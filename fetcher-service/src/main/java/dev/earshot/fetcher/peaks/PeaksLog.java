package dev.earshot.fetcher.peaks;

import dev.earshot.events.FetchRequested;
import java.util.concurrent.CompletionException;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** One WARN for each waveform that failed. */
final class PeaksLog {
    private static final Logger LOG = Logger.getLogger(PeaksLog.class.getName());

    private PeaksLog() {}

    static void failed(FetchRequested request, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        ExtLogRecord line = new ExtLogRecord(
                Level.WARN,
                "The recording is played without a waveform: " + cause,
                FormatStyle.NO_FORMAT,
                PeaksLog.class.getName());
        line.setLoggerName(PeaksLog.class.getName());
        line.putMdc("tenant", request.tenant().value());
        line.putMdc("recordingSid", request.recordingSid().value());
        line.putMdc("callSid", request.callSid().value());
        line.putMdc("attempt", Integer.toString(request.attempt()));
        line.putMdc("code", "peaks-failed");
        LOG.log(line);
    }
}
