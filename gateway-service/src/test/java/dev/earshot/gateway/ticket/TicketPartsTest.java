package dev.earshot.gateway.ticket;

import static dev.earshot.gateway.OnVertx.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.ticket.Tickets.Verdict;
import dev.earshot.gateway.watch.FileWatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketPartsTest {
    private static final String KEYS = "earshot.tickets.keys";
    private static final String FILE = "earshot.tickets.keys-file";
    private static final String SID = "RE" + "a".repeat(32);
    private static final Ticket TICKET = new Ticket(
            new RecordingKey(new Tenant("acme"), new RecordingSid(SID)), "agent-7", Instant.ofEpochSecond(300));

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FileWatch watch = new FileWatch(vertx, () -> Duration.ofMillis(20), new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        watch.stop();
        var ignored = vertx.close();
    }

    @Test
    void withoutAKeyItDoesNotStart() {
        assertThatThrownBy(() -> tickets(Map.of())).hasMessageContaining(KEYS).hasMessageContaining(FILE);
        assertThatThrownBy(() -> tickets(Map.of(KEYS, "a:" + TicketKeysTest.OLD, FILE, "keys")))
                .hasMessageContaining("exactly one");
        assertThatThrownBy(() -> tickets(Map.of(KEYS, "a:c2hvcnQ=")))
                .hasMessageContaining(KEYS)
                .hasMessageContaining("too short");
        assertThatThrownBy(() -> tickets(Map.of(FILE, folder.resolve("none").toString())))
                .hasMessageContaining(FILE);
        assertThatThrownBy(() -> tickets(Map.of(KEYS, "a:" + TicketKeysTest.OLD, "earshot.tickets.audience", " ")))
                .hasMessageContaining("earshot.tickets.audience");
    }

    @Test
    void keysOfTheEnvironmentSign() {
        Tickets tickets = tickets(Map.of(KEYS, "may:" + TicketKeysTest.NEW + ",april:" + TicketKeysTest.OLD));

        assertThat(verdict(tickets, tickets.sign(TICKET))).isEqualTo(new Verdict.Valid(TICKET));
    }

    @Test
    void keysOfAFileRotateWithoutARestart() throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, "april:" + TicketKeysTest.OLD + "\n");
        Tickets tickets = tickets(Map.of(FILE, file.toString()));
        watch.start();
        String old = tickets.sign(TICKET);

        Files.writeString(file, "may:" + TicketKeysTest.NEW + "\napril:" + TicketKeysTest.OLD + "\n");
        until("the new key signs", () -> !tickets.sign(TICKET).equals(old));
        assertThat(verdict(tickets, old)).isEqualTo(new Verdict.Valid(TICKET));

        Files.writeString(file, "may:" + TicketKeysTest.NEW + "\n");
        until("the old key is gone", () -> verdict(tickets, old).equals(new Verdict.Invalid()));
        assertThat(verdict(tickets, tickets.sign(TICKET))).isEqualTo(new Verdict.Valid(TICKET));
    }

    private static Verdict verdict(Tickets tickets, String text) {
        return tickets.verify(text, SID, Instant.EPOCH);
    }

    private Tickets tickets(Map<String, String> values) {
        TicketsConfig config = new SmallRyeConfigBuilder()
                .withMapping(TicketsConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TicketsConfig.class);
        return new TicketParts().tickets(config, watch);
    }
}
