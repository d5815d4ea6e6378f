package dev.earshot.gateway.reconcile;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object's key as we write it: {@code {tenant}/{recordingSid}/{generation}/audio}. Anything else is not ours to judge. */
record AudioKey(RecordingKey recording, int generation) {
    /** A generation with at most nine digits is an int. */
    private static final Pattern OURS = Pattern.compile("([^/]{1,64})/(RE[0-9a-fA-F]{32})/([1-9][0-9]{0,8})/audio");

    static Optional<AudioKey> parse(String key) {
        Matcher ours = OURS.matcher(key);
        if (!ours.matches() || !Tenant.isValid(ours.group(1))) {
            return Optional.empty();
        }
        return Optional.of(new AudioKey(
                new RecordingKey(new Tenant(ours.group(1)), new RecordingSid(ours.group(2))),
                Integer.parseInt(ours.group(3))));
    }

    String text() {
        return recording.objectKey(generation);
    }
}
