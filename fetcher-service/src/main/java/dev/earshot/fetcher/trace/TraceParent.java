package dev.earshot.fetcher.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A trace context as header fields, rows and events carry it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
public final class TraceParent {
    private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;

    private TraceParent() {}

    /** Whether a text has that form; nothing else is kept or handed on. */
    public static boolean isOne(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** The id that all steps of one trace share, for log lines. */
    public static String traceId(String traceparent) {
        return isOne(traceparent) ? traceparent.substring(TRACE_ID, SPAN_ID - 1) : "";
    }

    /** Invalid, which begins a trace anew, where there is none or its ids are zero. */
    static SpanContext read(Optional<String> traceparent) {
        return traceparent
                .filter(TraceParent::isOne)
                .map(text -> SpanContext.createFromRemoteParent(
                        traceId(text),
                        text.substring(SPAN_ID, FLAGS - 1),
                        TraceFlags.fromHex(text, FLAGS),
                        TraceState.getDefault()))
                .orElse(SpanContext.getInvalid());
    }

    static String write(SpanContext context) {
        return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }
}
