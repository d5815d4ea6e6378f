package dev.earshot.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.byteman.agent.Transformer;

/**
 * Starts of a service that dies exactly between two lines, as under a power cut: Byteman halts the virtual machine, so
 * that no shutdown hook runs and nothing is flushed. A place that no longer exists leaves the service alive, and
 * {@link Stack#awaitEnd} fails.
 */
public final class Halts {
    private Halts() {}

    /** Dies when the method is entered; {@code method} is a name, or a name with parameter types. */
    public static Start atEntryOf(String type, String method) {
        return when(type, method, "AT ENTRY", "true");
    }

    /** Dies when the method has done its work and is about to return. */
    public static Start atExitOf(String type, String method) {
        return when(type, method, "AT EXIT", "true");
    }

    /**
     * Dies at a place when a condition holds.
     *
     * @param location Byteman's location specifier, such as {@code AT ENTRY} or {@code AFTER INVOKE name}
     * @param condition Byteman's expression; {@code $1} is the first argument, {@code $0} the object, {@code $!} the result
     */
    public static Start when(String type, String method, String location, String condition) {
        return acting(type, method, location, condition, "java.lang.Runtime.getRuntime().halt(137)")
                .mayEnd();
    }

    /** Does something else than die. */
    static Start acting(String type, String method, String location, String condition, String action) {
        Path rule = write(".btm", """
                RULE at %2$s
                CLASS %1$s
                METHOD %2$s
                %3$s
                IF %4$s
                DO %5$s
                ENDRULE
                """.formatted(type, method, location, condition, action));
        return Start.normally()
                .jvm("-javaagent:%s=script:%s,boot:%1$s".formatted(agent(), rule), "-Dorg.jboss.byteman.verbose=false");
    }

    /** A condition: an argument of the method tells of this recording, so that nobody else's work is the end of it. */
    public static String about(String recordingSid) {
        return "java.util.Arrays.toString($*).contains(\"" + recordingSid + "\")";
    }

    /** A file of this run, with a name that nothing else has. */
    static Path write(String suffix, String content) {
        try {
            Path file =
                    Files.createTempFile(Files.createDirectories(Stack.home().resolve("halts")), "halt", suffix);
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path agent() {
        try {
            return Path.of(Transformer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
