package dev.earshot.gateway.delivery;

/** The CDN did not confirm that it forgot something; the caller tries again. */
public final class CdnUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CdnUnavailableException(String message) {
        super(message);
    }
}
