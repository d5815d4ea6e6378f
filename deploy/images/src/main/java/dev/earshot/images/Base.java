package dev.earshot.images;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The image that ours are put on: a Java runtime of version 25. */
sealed interface Base {
    /** @throws InvalidImageReferenceException if the registry's name for it cannot be read */
    JibContainerBuilder begin() throws InvalidImageReferenceException;

    /** Fetched from its registry, and the same on every day. */
    record Pinned(String reference) implements Base {
        @Override
        public JibContainerBuilder begin() throws InvalidImageReferenceException {
            return Jib.from(reference);
        }
    }

    /** A file such as {@code docker save} writes: nothing is fetched. */
    record Archive(Path tar) implements Base {
        @Override
        public JibContainerBuilder begin() {
            return Jib.from(TarImage.at(tar));
        }
    }

    Pattern DIGEST = Pattern.compile("[^@]+@sha256:[0-9a-f]{64}");

    /**
     * @param name {@code tar:FILE}, or an image by its digest
     * @throws IllegalArgumentException says what is wrong with it
     */
    static Base of(String name) {
        if (name.startsWith("tar:")) {
            Path tar = Path.of(name.substring("tar:".length()));
            if (!Files.isRegularFile(tar)) {
                throw new IllegalArgumentException("--base " + name + ": there is no such file");
            }
            return new Archive(tar);
        }
        if (!DIGEST.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--base " + name
                            + ": a tag can mean another image tomorrow. Give the digest too, NAME@sha256:..., or a file as tar:FILE");
        }
        return new Pinned(name);
    }
}
