package dev.earshot.doctor;

import java.util.Locale;

/** How bad it is, mildest first. */
public enum Severity {
    OK,
    /** Works, and will not always. */
    WARNING,
    /** Nobody answered, or it could not be looked at: a wrong address, an outage, a mistake of the doctor's. An operator must look; a pod need not wait for it. */
    UNREACHABLE,
    /** Somebody answered, and it cannot work like this. */
    ERROR;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
