package dev.earshot.gateway.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Begins steps, each with the name, kind and attributes that OpenTelemetry's conventions have for it.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/">Semantic conventions</a>
 */
@Singleton
public class Spans {
    private static final String SCOPE = "dev.earshot.gateway";

    private final Tracer tracer;
    private final boolean on;

    /** @param off whether nothing is traced */
    @Inject
    public Spans(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.on = !off;
    }

    /** Traces nothing. */
    public static Spans none() {
        return new Spans(OpenTelemetry.noop(), true);
    }

    public boolean isOn() {
        return on;
    }

    /** A request over HTTP. */
    public Step request(String name, Optional<String> parent) {
        return begin(name, SpanKind.SERVER, parent);
    }

    /** A record on its way to the broker, until that has it. Its headers are to carry the step's own context. */
    public <T> Uni<T> sending(String topic, Optional<String> parent, Function<Step, Uni<T>> work) {
        return during(() -> messaging(begin("send " + topic, SpanKind.PRODUCER, parent), "send", topic), parent, work);
    }

    /** A record that came, until its effect is done. */
    public <T> Uni<T> processing(String topic, Optional<String> parent, Function<Step, Uni<T>> work) {
        return during(
                () -> messaging(begin("process " + topic, SpanKind.CONSUMER, parent), "process", topic), parent, work);
    }

    /** Those who wait for a recording are told of it; traced only where the recording's last request was. */
    public Step waking(Optional<String> parent) {
        return parent.isEmpty() ? Step.passing(parent) : begin("wake", SpanKind.INTERNAL, parent);
    }

    private <T> Uni<T> during(Supplier<Step> begin, Optional<String> parent, Function<Step, Uni<T>> work) {
        if (!on) {
            return work.apply(Step.passing(parent));
        }
        return Uni.createFrom().deferred(() -> {
            Step step = begin.get();
            return step.during(work.apply(step));
        });
    }

    private static Step messaging(Step step, String operation, String topic) {
        return step.with("messaging.system", "kafka")
                .with("messaging.operation.name", operation)
                .with("messaging.operation.type", operation)
                .with("messaging.destination.name", topic);
    }

    private Step begin(String name, SpanKind kind, Optional<String> parent) {
        if (!on) {
            return Step.passing(parent);
        }
        // From the root: whatever a thread was doing has nothing to do with it.
        Context context = Context.root().with(Span.wrap(TraceParent.read(parent)));
        return Step.of(
                tracer.spanBuilder(name).setSpanKind(kind).setParent(context).startSpan());
    }
}
