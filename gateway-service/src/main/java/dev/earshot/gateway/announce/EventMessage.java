package dev.earshot.gateway.announce;

import dev.earshot.events.EarshotEvent;
import dev.earshot.events.EventCodec;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;

/** An event of ours as the record that leaves: key, CloudEvents headers, trace context, JSON. */
public final class EventMessage {
    private EventMessage() {}

    /** @param traceparent the W3C trace context of the request that set this in motion */
    public static Message<byte[]> of(EarshotEvent event, Optional<String> traceparent) {
        RecordHeaders headers = new RecordHeaders();
        EventCodec.headers(event).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        traceparent.ifPresent(trace -> headers.add("traceparent", trace.getBytes(StandardCharsets.US_ASCII)));
        return Message.of(EventCodec.data(event))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.kafkaKey())
                        .withHeaders(headers)
                        .build());
    }
}
