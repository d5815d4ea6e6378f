package dev.earshot.gateway.ticket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How playback tickets are signed and how long they live. */
@ConfigMapping(prefix = "earshot.tickets")
public interface TicketsConfig {
    /** What a ticket is for; deployments that share a key by mistake do not share tickets. */
    @WithDefault("earshot-playback")
    String audience();

    /** {@code id:secret} each, the secret at least 32 bytes in Base64: the first signs, all verify. A secret itself. */
    Optional<List<String>> keys();

    /** A file with the same, one key on a line; in Kubernetes a mounted secret. Exactly one of the two is given. */
    Optional<Path> keysFile();

    /** No ticket lives longer. */
    @WithDefault("4h")
    Duration longest();

    /** How long a ticket lives beyond the recording's length: pauses, and listening again. */
    @WithDefault("15m")
    Duration margin();

    /** No ticket lives less. */
    @WithDefault("5m")
    Duration shortest();

    /** What a recording is taken to last of which nobody has told the length. */
    @WithDefault("1h")
    Duration unknownLength();
}
