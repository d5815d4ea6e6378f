package dev.earshot.doctor;

import java.util.Locale;

/** How bad it is, mildest first. */
public enum Severity {
    OK,
    /** Works, and will not always; or could not be looked at. */
    WARNING,
    /** Nobody answered: a wrong address, or an outage. An operator must look; a pod need not wait for it. */
    UNREACHABLE,
    /** Somebody answered, and it cannot work like this. */
    ERROR;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
