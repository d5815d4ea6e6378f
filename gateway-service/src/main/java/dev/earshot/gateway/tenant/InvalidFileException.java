package dev.earshot.gateway.tenant;

import java.nio.file.Path;

/** A configuration file that refuses the start, or is not taken over. The message names file and field, and quotes no value. */
final class InvalidFileException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    InvalidFileException(Path file, String what) {
        super(file + ": " + what);
    }
}
