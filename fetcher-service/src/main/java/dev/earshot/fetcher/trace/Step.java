package dev.earshot.fetcher.trace;

import dev.earshot.events.RecordingKey;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of a fetch: a span, or nothing but the trace context that was handed in while tracing is off. */
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
    static Step passing(Optional<String> traceparent) {
        return new Step(Span.getInvalid(), traceparent);
    }

    /** The parent of what follows. */
    public Optional<String> traceparent() {
        return traceparent;
    }

    public Step about(RecordingKey key) {
        return with("earshot.tenant", key.tenant().value())
                .with("earshot.recording_sid", key.recordingSid().value());
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

    /** The work; the step ends with it, however that ends. */
    <T> Uni<T> during(Uni<T> work) {
        return work.onTermination().invoke((item, failure, cancelled) -> ended(failure, cancelled));
    }

    private void ended(@Nullable Throwable failure, boolean cancelled) {
        if (failure instanceof TroubleException named) {
            met(named.trouble());
        } else if (failure != null) {
            failed(failure.getClass().getName());
        } else if (cancelled) {
            failed("cancelled");
        }
        span.end();
    }

    private void met(Trouble trouble) {
        if (trouble instanceof Trouble.RefusedAnswer answer) {
            with("http.response.status_code", answer.status());
        }
        failed(trouble.getClass().getSimpleName());
    }
}
