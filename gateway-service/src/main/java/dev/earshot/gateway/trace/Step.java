package dev.earshot.gateway.trace;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.Tenant;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step on a click's way: a span, or nothing but the trace context that was handed in while tracing is off. */
public final class Step {
    private final Span span;
    private final Optional<String> traceparent;

    private Step(Span span, Optional<String> traceparent) {
        this.span = span;
        this.traceparent = traceparent;
    }

    static Step of(Span span) {
        return new Step(span, Optional.of(TraceParent.write(span.getSpanContext())));
    }

    /** Traces nothing; whoever comes next sees the context as it came. */
    public static Step passing(Optional<String> traceparent) {
        return new Step(Span.getInvalid(), traceparent);
    }

    /** The parent of what follows. */
    public Optional<String> traceparent() {
        return traceparent;
    }

    public Step about(RecordingKey key) {
        return tenant(key.tenant())
                .with("earshot.recording_sid", key.recordingSid().value());
    }

    public Step tenant(Tenant tenant) {
        return with("earshot.tenant", tenant.value());
    }

    public Step with(String name, String value) {
        span.setAttribute(name, value);
        return this;
    }

    public Step with(String name, long value) {
        span.setAttribute(name, value);
        return this;
    }

    /** @param type a word for the kind of failure; never its text, which may name a signed URL */
    public Step failed(String type) {
        with("error.type", type);
        span.setStatus(StatusCode.ERROR);
        return this;
    }

    /** Once; what comes after it is not heard. */
    public void end() {
        span.end();
    }

    /** The work; the step ends with it, however that ends. */
    <T> Uni<T> during(Uni<T> work) {
        return work.onTermination().invoke((item, failure, cancelled) -> ended(failure, cancelled));
    }

    private void ended(@Nullable Throwable failure, boolean cancelled) {
        if (failure != null) {
            failed(failure.getClass().getName());
        } else if (cancelled) {
            failed("cancelled");
        }
        end();
    }
}
