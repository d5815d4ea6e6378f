package dev.earshot.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A published sample is what somebody's consumer was written against, so it never changes: {@code samples.lock} pins
 * the bytes of each. An addition gets a new sample and a new line; whoever changes a line makes an incompatible change
 * and should make a version 2 instead.
 */
class CompatibilityTest {
    private static final Path LOCK = Path.of("src/test/resources/samples.lock");

    static Stream<Contract.Sample> samples() {
        return Contract.samples().stream();
    }

    @Test
    void no_committed_sample_was_changed_removed_or_left_unlocked() throws Exception {
        List<String> actual = Contract.files("samples")
                .map(file -> digest(file) + "  " + file.getFileName())
                .toList();

        assertThat(actual).isEqualTo(Files.readAllLines(LOCK));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_reader_ignores_a_field_that_a_newer_writer_added(Contract.Sample sample) throws Exception {
        ObjectNode newer = sample.data().deepCopy();
        newer.put("addedLater", "whatever").putObject("alsoAdded").put("nested", 1);

        EarshotEvent event = EventCodec.read(
                EarshotEvent.class,
                sample.key(),
                sample::header,
                newer.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(event).isEqualTo(sample.read());
    }

    private static String digest(Path file) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
                    .hex();
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
