package dev.earshot.local.simulator.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One short call between an agent and a customer, as made by {@code samples/make-samples.sh}: both voices as G.711 µ-law, and two mp3
 * loops.
 */
public final class Sample {
    private static final List<Sample> ALL = loadAll();

    private final String name;
    private final Mp3Frames mono;
    private final Mp3Frames dual;
    private final byte[] monoPcm;
    private final byte[] dualPcm;

    private Sample(String name) {
        this.name = name;
        mono = Mp3Frames.of(resource(name + ".mono.mp3"));
        dual = Mp3Frames.of(resource(name + ".dual.mp3"));
        byte[] agent = resource(name + ".agent.ulaw");
        byte[] customer = resource(name + ".customer.ulaw");
        monoPcm = MuLaw.mix(agent, customer);
        dualPcm = MuLaw.interleave(agent, customer);
    }

    public static List<Sample> all() {
        return ALL;
    }

    public static Sample named(String name) {
        return ALL.stream()
                .filter(sample -> sample.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("sample is one of " + names() + ", not \"" + name + "\""));
    }

    /** Each recording gets one for good, so that a second download of it has the same bytes. */
    public static Sample forRecording(String recordingSid) {
        return ALL.get(Math.floorMod(recordingSid.hashCode(), ALL.size()));
    }

    public String name() {
        return name;
    }

    /** The call repeated or cut to a number of milliseconds (mp3: up to the end of the frame). */
    public CallAudio audio(AudioFormat format, int channels, long millis, String recordingSid) {
        return switch (format) {
            case MP3 -> (channels == 2 ? dual : mono).audio(millis, recordingSid);
            case WAV -> WavFile.audio(channels == 2 ? dualPcm : monoPcm, channels, millis, recordingSid);
        };
    }

    private static List<String> names() {
        return ALL.stream().map(Sample::name).toList();
    }

    private static List<Sample> loadAll() {
        return new String(resource("index.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(Sample::new)
                .toList();
    }

    private static byte[] resource(String file) {
        try (InputStream stream = Sample.class.getResourceAsStream("/samples/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("The sample /samples/" + file + " is missing from the jar");
            }
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
