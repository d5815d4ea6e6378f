package dev.earshot.fetcher.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.ObjectRef;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which trace a step belongs to, and what it tells. */
class SpansTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENT = "b7ad6b7169203331";
    private static final Optional<String> EVENT = Optional.of("00-" + TRACE + "-" + SENT + "-01");
    private static final URI TWILIO = URI.create("https://api.twilio.com");

    private final Exported exported = new Exported();
    private final Spans spans = exported.tracing();

    @Test
    void theEventIsTheParentOfItsProcessingAndThatOfWhatIsDone() {
        spans.processing(
                        "a-topic",
                        EVENT,
                        step -> spans.downloading(
                                TWILIO,
                                step.traceparent(),
                                ignored -> Uni.createFrom().voidItem()))
                .await()
                .indefinitely();

        SpanData download = exported.spans().get(0);
        SpanData process = exported.spans().get(1);
        assertThat(process.getName()).isEqualTo("process a-topic");
        assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(process.getTraceId()).isEqualTo(TRACE);
        assertThat(process.getParentSpanId()).isEqualTo(SENT);
        assertThat(download.getName()).isEqualTo("download");
        assertThat(download.getTraceId()).isEqualTo(TRACE);
        assertThat(download.getParentSpanId()).isEqualTo(process.getSpanId());
        assertThat(text(download, "server.address")).isEqualTo("api.twilio.com");
    }

    @Test
    void aRefusalTellsItsStatusAndAFailureItsKindAlone() {
        fail(new TroubleException(new Trouble.RefusedAnswer(503, OptionalInt.empty(), Optional.empty())));
        fail(new TroubleException(new Trouble.ConnectionFailed("https://media.twilio.com/x?Signature=secret")));
        fail(new IllegalStateException("https://media.twilio.com/x?Signature=secret"));

        assertThat(exported.spans())
                .extracting(span -> text(span, "error.type"))
                .containsExactly("RefusedAnswer", "ConnectionFailed", "java.lang.IllegalStateException");
        assertThat(exported.spans().getFirst().getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(503);
        assertThat(exported.spans().toString()).doesNotContain("secret");
    }

    @Test
    void theStoresPartsNameTheObject() {
        spans.storing(
                        "upload",
                        new ObjectRef("a-bucket", "acme/RE1/1/audio"),
                        EVENT,
                        step -> Uni.createFrom().voidItem())
                .await()
                .indefinitely();

        SpanData upload = exported.spans().getFirst();
        assertThat(upload.getName()).isEqualTo("upload");
        assertThat(text(upload, "aws.s3.bucket")).isEqualTo("a-bucket");
        assertThat(text(upload, "aws.s3.key")).isEqualTo("acme/RE1/1/audio");
    }

    @Test
    void whileNothingIsTracedTheEventsContextIsHandedOnAsItCame() {
        Spans off = new Spans(OpenTelemetry.noop(), true);
        List<Optional<String>> seen = new ArrayList<>();

        off.processing(
                        "a-topic",
                        EVENT,
                        step -> off.sending(
                                "another",
                                step.traceparent(),
                                sent -> Uni.createFrom().item(() -> seen.add(sent.traceparent()))))
                .await()
                .indefinitely();

        assertThat(seen).containsExactly(EVENT);
    }

    private void fail(RuntimeException failure) {
        spans.downloading(TWILIO, EVENT, step -> Uni.createFrom().<Void>failure(failure))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    private static String text(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }
}
