package dev.earshot.gateway.ticket;

import dev.earshot.gateway.watch.FileWatch;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Makes them when the service starts, so that a missing key refuses the start and not the first ticket. */
@ApplicationScoped
class TicketParts {
    private static final String KEYS = "earshot.tickets.keys";
    private static final String FILE = "earshot.tickets.keys-file";

    @Produces
    @Singleton
    @Startup
    Tickets tickets(TicketsConfig config, FileWatch watch) {
        if (config.audience().isBlank()) {
            throw new IllegalStateException("earshot.tickets.audience must not be empty");
        }
        return new Tickets(config.audience(), keys(config, watch));
    }

    @Produces
    @Singleton
    @Startup
    TicketLifetime lifetime(TicketsConfig config) {
        return TicketLifetime.of(config);
    }

    private static Supplier<TicketKeys> keys(TicketsConfig config, FileWatch watch) {
        if (config.keys().isPresent() == config.keysFile().isPresent()) {
            throw new IllegalStateException(KEYS + " or " + FILE + ": exactly one of them must be given");
        }
        if (config.keys().isPresent()) {
            TicketKeys keys = TicketKeys.parse(KEYS, config.keys().get());
            return () -> keys;
        }
        Path file = config.keysFile().orElseThrow();
        return watch.over("tickets", () -> read(file), keys -> false);
    }

    private static TicketKeys read(Path file) {
        try {
            return TicketKeys.parse(FILE + ": " + file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new IllegalStateException(FILE + ": " + file + " cannot be read", e);
        }
    }
}
