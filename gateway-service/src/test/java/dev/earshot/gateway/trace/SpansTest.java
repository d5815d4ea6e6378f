package dev.earshot.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.RecordingKey;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which trace a step belongs to, and what it tells. */
class SpansTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLICK = "b7ad6b7169203331";
    private static final Optional<String> ROW = Optional.of("00-" + TRACE + "-" + CLICK + "-01");
    private static final RecordingKey KEY = RecordingKey.parse("acme:RE" + "0a".repeat(16));

    private final Exported exported = new Exported();
    private final Spans spans = exported.tracing();

    @Test
    void whatIsPublishedIsTheRowsChildAndTheEventCarriesThePublication() {
        List<String> headers = new ArrayList<>();

        spans.sending(
                        "a-topic",
                        ROW,
                        step -> Uni.createFrom()
                                .item(() -> headers.add(step.traceparent().orElseThrow())))
                .await()
                .indefinitely();

        SpanData span = exported.spans().getFirst();
        assertThat(span.getName()).isEqualTo("send a-topic");
        assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(CLICK);
        assertThat(headers).containsExactly("00-" + TRACE + "-" + span.getSpanId() + "-01");
    }

    /** The sweeper's thread may have come from anywhere. */
    @Test
    void aThreadsOwnTraceHasNothingToDoWithIt() {
        Step other = spans.request("GET", Optional.empty());
        Context others =
                Context.root().with(io.opentelemetry.api.trace.Span.wrap(TraceParent.read(other.traceparent())));

        try (Scope ignored = others.makeCurrent()) {
            spans.sending("a-topic", ROW, step -> Uni.createFrom().voidItem())
                    .await()
                    .indefinitely();
        }

        assertThat(exported.spans().getFirst().getTraceId()).isEqualTo(TRACE);
    }

    @Test
    void everyTryIsAStepOfItsOwn() {
        Uni<Void> publication =
                spans.sending("a-topic", ROW, step -> Uni.createFrom().failure(new IllegalStateException("no broker")));

        publication.onFailure().recoverWithNull().await().indefinitely();
        publication.onFailure().recoverWithNull().await().indefinitely();

        assertThat(exported.spans())
                .hasSize(2)
                .extracting(SpanData::getParentSpanId)
                .containsOnly(CLICK);
    }

    @Test
    void aFailureTellsItsKindAndNotItsTextWhichMayNameASignedUrl() {
        spans.processing(
                        "a-topic",
                        ROW,
                        step -> Uni.createFrom()
                                .failure(new IllegalStateException("https://store/key?X-Amz-Signature=secret")))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();

        SpanData span = exported.spans().getFirst();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(span.toString()).doesNotContain("secret");
    }

    @Test
    void whatWasNotAskedForByAnybodyBeginsATraceOfItsOwn() {
        Step step = spans.request("GET", Optional.empty());

        assertThat(step.traceparent().filter(TraceParent::isOne)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "nothing of the kind"
            })
    void aTraceThatIsNoneIsNotGoneOnWith(String none) {
        Step step = spans.request("GET", Optional.of(none));

        assertThat(step.traceparent().orElseThrow())
                .doesNotContain("00000000000000000")
                .doesNotContain(TRACE);
    }

    @Test
    void aCallerWhoIsNotSampledIsHandedOnAsThat() {
        Spans following = exported.tracing();
        Optional<String> unsampled = Optional.of("00-" + TRACE + "-" + CLICK + "-00");

        Step step = following.request("GET", unsampled);
        step.end();

        assertThat(step.traceparent().orElseThrow()).startsWith("00-" + TRACE).endsWith("-00");
        assertThat(exported.spans()).isEmpty();
    }

    @Test
    void whoeverIsWokenBelongsToTheTraceOfTheRecordingOrToNone() {
        spans.waking(ROW).about(KEY).end();
        spans.waking(Optional.empty()).about(KEY).end();

        assertThat(exported.spans()).hasSize(1);
        assertThat(exported.spans().getFirst().getTraceId()).isEqualTo(TRACE);
    }

    @Test
    void whileNothingIsTracedTheCallersContextIsHandedOnAsItCame() {
        Spans off = Spans.none();
        List<Optional<String>> seen = new ArrayList<>();

        off.sending("a-topic", ROW, step -> Uni.createFrom().item(() -> seen.add(step.traceparent())))
                .await()
                .indefinitely();
        off.sending("a-topic", Optional.empty(), step -> Uni.createFrom().item(() -> seen.add(step.traceparent())))
                .await()
                .indefinitely();

        assertThat(seen).containsExactly(ROW, Optional.empty());
        assertThat(off.request("GET", ROW).traceparent()).isEqualTo(ROW);
    }
}
