package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.events.EventType;
import dev.earshot.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 7: one poison message delays nobody else. */
class DeadLettersTest {
    @ParameterizedTest
    @ValueSource(strings = {Topics.FETCH_REQUESTS, Topics.PREFETCH_REQUESTS, Topics.FETCH_OUTCOMES})
    void a_poison_message_goes_to_the_dead_letters_with_its_reason_and_the_next_one_is_handled(String topic) {
        String poison = "poison " + UUID.randomUUID();
        EventType type = topic.equals(Topics.FETCH_OUTCOMES) ? EventType.READY : EventType.FETCH_REQUESTED;
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, "acme:nothing", poison.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_specversion", bytes("1.0")).add("ce_type", bytes(type.typeName()));

        Events.publish(record);
        Recorded recorded = Simulator.call(topic.equals(Topics.PREFETCH_REQUESTS) ? "globex" : "acme");
        String audio = Listener.sha256(Listener.of(recorded.tenant()).streamWaiting(recorded.recordingSid(), 20));

        assertThat(audio).isEqualTo(recorded.sha256());
        eventually(() -> {
            ConsumerRecord<String, byte[]> letter = Events.seen()
                    .on(Topics.deadLetters(topic))
                    .filter(dead -> new String(dead.value(), StandardCharsets.UTF_8).equals(poison))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no dead letter yet"));
            assertThat(letter.key()).isEqualTo("acme:nothing");
            assertThat(Events.header(letter, "earshot-dead-letter-reason")).contains("no valid " + type.shortName());
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
