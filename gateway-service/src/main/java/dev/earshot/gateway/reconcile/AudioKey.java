package dev.earshot.gateway.reconcile;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object's key as we write it: {@code {tenant}/{recordingSid}/{generation}/audio}, or {@code peaks} in the place of
 * {@code audio}. Anything else is not ours to judge.
 */
record AudioKey(RecordingKey recording, int generation, Part part) {
    /** A generation with at most nine digits is an int. */
    private static final Pattern OURS =
            Pattern.compile("([^/]{1,64})/(RE[0-9a-fA-F]{32})/([1-9][0-9]{0,8})/(audio|peaks)");

    /** What lies in a generation; in the order of their keys. */
    enum Part {
        /** The recording. */
        AUDIO,
        /** Its waveform. */
        PEAKS
    }

    static AudioKey of(RecordingKey recording, int generation) {
        return new AudioKey(recording, generation, Part.AUDIO);
    }

    static Optional<AudioKey> parse(String key) {
        Matcher ours = OURS.matcher(key);
        if (!ours.matches() || !Tenant.isValid(ours.group(1))) {
            return Optional.empty();
        }
        return Optional.of(new AudioKey(
                new RecordingKey(new Tenant(ours.group(1)), new RecordingSid(ours.group(2))),
                Integer.parseInt(ours.group(3)),
                ours.group(4).equals("audio") ? Part.AUDIO : Part.PEAKS));
    }

    /** The audio of the same generation. */
    AudioKey audio() {
        return of(recording, generation);
    }

    /** The waveform of the same generation. */
    AudioKey peaks() {
        return new AudioKey(recording, generation, Part.PEAKS);
    }

    String text() {
        return switch (part) {
            case AUDIO -> recording.objectKey(generation);
            case PEAKS -> recording.peaksKey(generation);
        };
    }
}
