package dev.earshot.local.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.earshot.local.simulator.audio.AudioFormat;
import dev.earshot.local.simulator.audio.Sample;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /simulator/recordings}; every field but the account (or tenant) has a default. */
record NewRecording(
        @Nullable String accountSid,
        @Nullable String tenant,
        @Nullable String callSid,
        @Nullable String recordingSid,
        @Nullable Integer seconds,
        @Nullable Integer channels,
        @Nullable String sample,
        @Nullable String behaviour,
        @Nullable Integer behaviourSeconds,
        @Nullable Integer behaviourTimes,
        @Nullable Double gigabytes,
        @Nullable Long startedSecondsAgo,
        @Nullable String startedAt,
        @Nullable Integer processingSeconds,
        @Nullable String format,
        @Nullable Boolean webhook,
        @Nullable String webhookUrl) {

    private static final int DEFAULT_SECONDS = 30;
    private static final double DEFAULT_GIGABYTES = 1;
    /** 404 means "never" only when the call ended long ago. */
    private static final long LONG_AGO_SECONDS = 3600;

    private static final int MP3_BYTES_PER_SECOND = 4_000;
    private static final int WAV_BYTES_PER_SECOND = 16_000;

    /** The recording that is asked for. Bad values are an IllegalArgumentException that names the field. */
    SimulatedRecording make(Account account, Clock clock) {
        int channelCount = orElse(channels, 1);
        require(channelCount == 1 || channelCount == 2, "channels is 1 or 2");
        AudioFormat reported = format == null ? account.format() : AudioFormat.parse(format);
        Behaviour wanted = behaviour == null ? Behaviour.NORMAL : Behaviour.parse(behaviour);
        String sid = sid(recordingSid, "RE", "recordingSid");
        long millis = millis(wanted, reported, channelCount);
        Instant now = clock.instant();
        return new SimulatedRecording(
                new SimulatedRecording.Facts(
                        account.accountSid(),
                        sid(callSid, "CA", "callSid"),
                        sid,
                        webhookTenant(account),
                        millis,
                        channelCount,
                        sample == null ? Sample.forRecording(sid) : Sample.named(sample),
                        reported,
                        now,
                        started(now, wanted, millis),
                        orElse(processingSeconds, 0),
                        webhookUrl),
                SimulatedRecording.Rule.of(wanted, behaviourSeconds, behaviourTimes));
    }

    boolean wantsWebhook() {
        return webhook == null || webhook;
    }

    private @Nullable String webhookTenant(Account account) {
        return tenant != null ? tenant : account.tenant().orElse(null);
    }

    private long millis(Behaviour wanted, AudioFormat reported, int channelCount) {
        if (wanted == Behaviour.HUGE || gigabytes != null) {
            double bytes = orElse(gigabytes, DEFAULT_GIGABYTES) * 1e9;
            int perSecond = reported == AudioFormat.MP3 ? MP3_BYTES_PER_SECOND : WAV_BYTES_PER_SECOND * channelCount;
            require(bytes >= 0, "gigabytes is not negative");
            return (long) (bytes * 1000 / perSecond);
        }
        int length = orElse(seconds, DEFAULT_SECONDS);
        require(length >= 0, "seconds is not negative");
        return length * 1000L;
    }

    private Instant started(Instant now, Behaviour wanted, long millis) {
        if (startedAt != null) {
            return Instant.parse(startedAt);
        }
        if (startedSecondsAgo != null) {
            return now.minusSeconds(startedSecondsAgo);
        }
        boolean longAgo = wanted == Behaviour.NOT_FOUND || wanted == Behaviour.DELETED;
        return now.minusMillis(millis).minusSeconds(longAgo ? LONG_AGO_SECONDS : 0);
    }

    private static String sid(@Nullable String given, String prefix, String field) {
        if (given == null) {
            byte[] random = new byte[16];
            ThreadLocalRandom.current().nextBytes(random);
            return prefix + HexFormat.of().formatHex(random);
        }
        require(given.matches(prefix + "[0-9a-f]{32}"), field + " is " + prefix + " and 32 hexadecimal digits");
        return given;
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The body of {@code PUT /simulator/recordings/{RE}}. */
    record Change(
            @JsonProperty(required = true) @Nullable String behaviour,
            @Nullable Integer behaviourSeconds,
            @Nullable Integer behaviourTimes) {
        SimulatedRecording.Rule rule() {
            Behaviour wanted = behaviour == null ? Behaviour.NORMAL : Behaviour.parse(behaviour);
            return SimulatedRecording.Rule.of(wanted, behaviourSeconds, behaviourTimes);
        }
    }
}
