package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.Facts;
import dev.earshot.gateway.recording.Playability;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {
    private static final RecordingKey KEY =
            new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "0".repeat(32)));
    private static final RecordingState.Ready READY = new RecordingState.Ready(
            new StoredObject("bucket", KEY.objectKey(1), 5, new Sha256("a".repeat(64)), "etag", "audio/mpeg"),
            1000,
            1,
            Instant.EPOCH);
    private static final Recording RECORDING = new Recording(
            KEY,
            new AccountSid("AC" + "0".repeat(32)),
            new CallSid("CA" + "0".repeat(32)),
            Facts.NONE,
            1,
            1,
            READY,
            Instant.EPOCH,
            Optional.empty());
    private static final Playability PLAYABLE = new Playability.Playable(RECORDING, READY);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Asked asked = new Asked(meters);

    @Test
    void who_takes_all_begins_to_listen() {
        asked.told(false, Optional.empty(), PLAYABLE);

        assertThat(told("ready")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-1048575", "BYTES=0-10", "bytes=0-5, 9-10"})
    void who_takes_a_part_from_the_first_byte_on_begins_to_listen(String range) {
        asked.told(false, Optional.of(range), PLAYABLE);

        assertThat(told("ready")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-0", "bytes=0-1", "bytes=1-", "bytes=65536-", "bytes=-500"})
    void who_seeks_or_only_looks_begins_nothing(String range) {
        asked.told(false, Optional.of(range), PLAYABLE);

        assertThat(told("ready")).isZero();
    }

    @Test
    void who_wants_the_head_alone_begins_nothing() {
        asked.told(true, Optional.empty(), PLAYABLE);

        assertThat(told("ready")).isZero();
    }

    @Test
    void who_waits_or_is_refused_is_counted_however_they_ask() {
        asked.told(true, Optional.empty(), new Playability.Preparing(RECORDING));
        asked.told(false, Optional.of("bytes=5-"), new Playability.Unknown());

        assertThat(told("preparing")).isEqualTo(1);
        assertThat(told("refused")).isEqualTo(1);
        assertThat(told("ready")).isZero();
    }

    private double told(String found) {
        return meters.get("earshot.recordings.asked")
                .tag("found", found)
                .counter()
                .count();
    }
}
