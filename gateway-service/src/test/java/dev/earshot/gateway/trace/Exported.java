package dev.earshot.gateway.trace;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Keeps what would be sent to a collector. */
public final class Exported implements SpanExporter {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final CompletableFuture<SpanData> first = new CompletableFuture<>();

    /** What begins steps that are kept here when they end. */
    public Spans tracing() {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(this))
                .build();
        return new Spans(OpenTelemetrySdk.builder().setTracerProvider(provider).build(), false);
    }

    public List<SpanData> spans() {
        return List.copyOf(spans);
    }

    /** Waits for one that ends on another thread. */
    public SpanData first() throws Exception {
        return first.get(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
        spans.addAll(ended);
        boolean ignored = first.complete(ended.iterator().next());
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
