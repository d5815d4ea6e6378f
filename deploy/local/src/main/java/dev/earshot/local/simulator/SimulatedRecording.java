package dev.earshot.local.simulator;

import dev.earshot.local.simulator.audio.AudioFormat;
import dev.earshot.local.simulator.audio.CallAudio;
import dev.earshot.local.simulator.audio.Sample;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One recording: facts that never change, the rule it behaves by, and what was asked of it. */
final class SimulatedRecording {
    private final Facts facts;
    private final Counters counters = new Counters();
    private volatile Rule rule;
    private volatile boolean deleted;
    private volatile @Nullable String sha256;

    SimulatedRecording(Facts facts, Rule rule) {
        this.facts = facts;
        this.rule = rule;
        deleted = rule.behaviour() == Behaviour.DELETED;
    }

    /**
     * @param tenant the one named in the webhook's URL
     * @param webhookUrl instead of the gateway's, or absent
     */
    record Facts(
            String accountSid,
            String callSid,
            String recordingSid,
            @Nullable String tenant,
            long millis,
            int channels,
            Sample sample,
            AudioFormat format,
            Instant madeAt,
            Instant startedAt,
            int processingSeconds,
            @Nullable String webhookUrl) {
        long durationSeconds() {
            return Math.ceilDiv(millis, 1000);
        }
    }

    /** @param times misbehave for the first so many media requests, then be normal; 0 is for ever */
    record Rule(Behaviour behaviour, int seconds, int times) {
        static Rule of(Behaviour behaviour, @Nullable Integer seconds, @Nullable Integer times) {
            return new Rule(
                    behaviour, seconds == null ? behaviour.defaultSeconds() : seconds, times == null ? 0 : times);
        }

        boolean appliesTo(long mediaRequest) {
            return times == 0 || mediaRequest <= times;
        }
    }

    /** What {@code GET /simulator/recordings/{RE}} counts. */
    static final class Counters {
        final AtomicLong mediaRequests = new AtomicLong();
        final AtomicLong mediaCompleted = new AtomicLong();
        final AtomicLong mediaAborted = new AtomicLong();
        final AtomicLong metadataRequests = new AtomicLong();
        final AtomicLong redirectsFollowed = new AtomicLong();
        final AtomicLong authorizationSeenAfterRedirect = new AtomicLong();
        final AtomicLong foreignRedirectsFollowed = new AtomicLong();
        final AtomicLong webhooksSent = new AtomicLong();
    }

    /** Twilio's own words for a recording's state ("Recordings resource: status"). */
    enum Status {
        PROCESSING("processing"),
        COMPLETED("completed"),
        ABSENT("absent"),
        DELETED("deleted");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Facts facts() {
        return facts;
    }

    Counters counters() {
        return counters;
    }

    Rule rule() {
        return rule;
    }

    void behave(Rule changed) {
        rule = changed;
        deleted = deleted || changed.behaviour() == Behaviour.DELETED;
    }

    void delete() {
        deleted = true;
    }

    Status status(Instant now) {
        if (deleted) {
            return Status.DELETED;
        }
        if (rule.behaviour() == Behaviour.ABSENT) {
            return Status.ABSENT;
        }
        return now.isBefore(completedAt()) ? Status.PROCESSING : Status.COMPLETED;
    }

    Instant completedAt() {
        int seconds = rule.behaviour() == Behaviour.NOT_READY ? rule.seconds() : facts.processingSeconds();
        return facts.madeAt().plusSeconds(seconds);
    }

    CallAudio audio(AudioFormat format, int channels) {
        return facts.sample().audio(format, channels, facts.millis(), facts.recordingSid());
    }

    /** The audio as Earshot asks for it. */
    CallAudio reportedAudio() {
        return audio(facts.format(), facts.channels());
    }

    /** Reads all of the audio the first time: not on an event loop. */
    String sha256() {
        String known = sha256;
        if (known == null) {
            known = reportedAudio().sha256();
            sha256 = known;
        }
        return known;
    }

    @Nullable
    String knownSha256() {
        return sha256;
    }
}
