package dev.earshot.gateway.delivery;

/** A URL that lets whoever knows it listen. It has no {@code toString} that tells it, so that no log line can. */
public final class SignedUrl {
    private final String value;

    /** @param value absolute, and encoded */
    public SignedUrl(String value) {
        this.value = value;
    }

    /** For the Location header and nothing else. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "SignedUrl";
    }
}
