package dev.earshot.e2e.support;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What an operator's collector of traces is: takes spans by OTLP over HTTP, and keeps them. */
public final class Collector {
    private static final Collector RUNNING = new Collector();

    private final Queue<Traced> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    public static Collector running() {
        return RUNNING;
    }

    /**
     * One span as it came.
     *
     * @param service who sent it
     * @param kind {@code SERVER}, {@code PRODUCER} and so on
     * @param attributes its own, in words
     * @param told its name and whatever it tells, in words
     */
    public record Traced(
            String service,
            String traceId,
            String spanId,
            String parentId,
            String name,
            String kind,
            boolean failed,
            long startNanos,
            Map<String, String> attributes,
            String told) {}

    /** Where the services are told to send to. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Traced> all() {
        return List.copyOf(spans);
    }

    public List<Traced> of(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest sent = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            sent.getResourceSpansList().forEach(resource -> {
                String service =
                        words(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
                resource.getScopeSpansList().stream()
                        .flatMap(scope -> scope.getSpansList().stream())
                        .map(span -> traced(service, span))
                        .forEach(spans::add);
            });
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Traced traced(String service, Span span) {
        return new Traced(
                service,
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                span.getStartTimeUnixNano(),
                words(span.getAttributesList()),
                told(span));
    }

    /** All of it that is text; ids are bytes, which may look like anything. */
    private static String told(Span span) {
        return String.join(
                " ",
                span.getName(),
                words(span.getAttributesList()).toString(),
                span.getEventsList().toString(),
                span.getStatus().getMessage(),
                span.getTraceState());
    }

    private static Map<String, String> words(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, each -> word(each.getValue())));
    }

    private static String word(AnyValue value) {
        return value.hasStringValue()
                ? value.getStringValue()
                : value.hasIntValue() ? Long.toString(value.getIntValue()) : value.toString();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
