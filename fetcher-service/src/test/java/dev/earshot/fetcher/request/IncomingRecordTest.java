package dev.earshot.fetcher.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.CallSid;
import dev.earshot.events.EventCodec;
import dev.earshot.events.FailureReason;
import dev.earshot.events.FetchFailed;
import dev.earshot.events.FetchRequested;
import dev.earshot.events.Lane;
import dev.earshot.events.ObjectRef;
import dev.earshot.events.RecordingEvent;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.fetcher.request.IncomingRecord.DeadLetter;
import dev.earshot.fetcher.request.IncomingRecord.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class IncomingRecordTest {
    private static final String BUCKET = "recordings";
    private static final Tenant TENANT = new Tenant("acme");
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    private static final CallSid CALL = new CallSid("CA" + "2".repeat(32));
    private static final RecordingSid RECORDING = new RecordingSid("RE" + "3".repeat(32));
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final String TRACE = "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01";

    @Test
    void aRequestForOurBucketIsRead() {
        ConsumerRecord<String, byte[]> record = record(request(BUCKET));
        record.headers().add("traceparent", TRACE.getBytes(StandardCharsets.UTF_8));

        assertThat(IncomingRecord.read(record, BUCKET)).isEqualTo(new Request(request(BUCKET), Optional.of(TRACE)));
    }

    @Test
    void aTraceThatIsNoneIsLeftOut() {
        ConsumerRecord<String, byte[]> record = record(request(BUCKET));
        record.headers().add("traceparent", "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));

        assertThat(IncomingRecord.read(record, BUCKET)).isEqualTo(new Request(request(BUCKET), Optional.empty()));
    }

    @Test
    void aRequestForAnotherBucketIsADeadLetter() {
        assertThat(IncomingRecord.read(record(request("other")), BUCKET))
                .isInstanceOfSatisfying(
                        DeadLetter.class, it -> assertThat(it.reason()).contains("earshot.store.bucket"));
    }

    @Test
    void anotherKindOfEventIsADeadLetter() {
        FetchFailed outcome = new FetchFailed(
                TENANT,
                ACCOUNT,
                CALL,
                RECORDING,
                FailureReason.ABSENT,
                true,
                OptionalInt.empty(),
                OptionalInt.empty(),
                "too short",
                NOW,
                1,
                1);

        assertThat(IncomingRecord.read(record(outcome), BUCKET))
                .isEqualTo(new DeadLetter("not a fetch request but a fetch-failed"));
    }

    @Test
    void rubbishIsADeadLetter() {
        ConsumerRecord<String, byte[]> rubbish =
                new ConsumerRecord<>("topic", 0, 0, "key", "rubbish".getBytes(StandardCharsets.UTF_8));

        assertThat(IncomingRecord.read(rubbish, BUCKET)).isInstanceOf(DeadLetter.class);
    }

    private static FetchRequested request(String bucket) {
        return new FetchRequested(
                TENANT,
                ACCOUNT,
                CALL,
                RECORDING,
                new ObjectRef(bucket, "acme/" + RECORDING + "/1/audio"),
                AudioFormat.MP3,
                1,
                1,
                1,
                Lane.INTERACTIVE,
                NOW,
                NOW.plusSeconds(1800));
    }

    private static ConsumerRecord<String, byte[]> record(RecordingEvent event) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>("topic", 0, 0, event.key().kafkaKey(), EventCodec.data(event));
        EventCodec.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
