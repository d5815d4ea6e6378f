package dev.earshot.gateway.problem;

import java.util.Locale;

/**
 * The table of problems: status, public title, whether the same request may succeed later by itself. A constant's
 * Javadoc says what the caller should do. Its {@link #code()} is part of the API and never changes its meaning.
 */
public enum ProblemType {
    /** Ask your OpenID provider for a new token and repeat the request with it. */
    UNAUTHENTICATED(401, "Valid credentials are required", false),
    /** Ask for a new ticket; this one was good for a while. */
    TICKET_EXPIRED(401, "The ticket has expired", false),
    /** Ask for a ticket of this very recording: this one is forged, cut off, or for something else. */
    TICKET_INVALID(401, "The ticket is not valid here", false),
    /** Mend the path: a SID is RE or CA and 32 hexadecimal digits. */
    MALFORMED_SID(400, "Not a recording or call SID", false),
    /** Mend the field or parameter that the detail names. */
    INVALID_REQUEST(400, "The request is malformed", false),
    /** Ask an administrator for the role that the detail names. */
    ROLE_MISSING(403, "A role is missing", false),
    /** Have your OpenID provider put the tenant claim into the token. */
    TENANT_MISSING(403, "The token names no valid tenant", false),
    /** Name an account that is configured for your tenant; a shared one needs an operator or Twilio's webhook. */
    ACCOUNT_NOT_ALLOWED(403, "This account may not be used", false),
    /** Check the auth token, the public URL and the account that the gateway is configured with. */
    WEBHOOK_REFUSED(403, "The webhook was refused", false),
    /** Use /download: this form is for small recordings; the document names both sizes. */
    RECORDING_TOO_LARGE(403, "Too large for this form", false),
    /** Call from the console's own page: a session cookie changes nothing for another. Elsewhere send a bearer token. */
    FOREIGN_ORIGIN(403, "Not from this page", false),
    /** Any other refusal; ask an administrator. */
    FORBIDDEN(403, "Not allowed", false),
    /** Register the recording first, or check its SID. */
    RECORDING_NOT_FOUND(404, "No such recording", false),
    /**
     * Ask again after Retry-After: it is being fetched. Only an alias with not-ready-status 404 says so; elsewhere it is
     * a 202.
     */
    RECORDING_NOT_READY(404, "Not ready yet", true),
    /** Nothing: Twilio never had audio for it (too short, silent). */
    RECORDING_ABSENT(404, "There never was any audio", false),
    /**
     * Draw a plain bar: this recording has no waveform. Where the document says that it is retryable, it may have one within
     * minutes.
     */
    PEAKS_ABSENT(404, "No waveform", false),
    /** Check the path. */
    NOT_FOUND(404, "No such resource", false),
    /** Use one of the methods in the Allow header. */
    METHOD_NOT_ALLOWED(405, "Method not allowed", false),
    /** Accept application/json, audio or anything. */
    NOT_ACCEPTABLE(406, "No acceptable representation", false),
    /** Send the request again; it came too slowly. */
    REQUEST_TIMEOUT(408, "The request took too long", true),
    /** The recording is registered with other facts; the detail names the field. Don't repeat. */
    REGISTRATION_CONFLICT(409, "Registered with other facts", false),
    /** Wait until the reconcile that is running has ended; one whose operator was cut off is forgotten after 2 minutes. */
    RECONCILE_RUNNING(409, "A reconcile is running", true),
    /** Nothing: it was deleted and will not come back. */
    RECORDING_DELETED(410, "The recording was deleted", false),
    /** Nothing: Twilio's copy was deleted before it was fetched. */
    SOURCE_DELETED(410, "The recording was deleted at its source", false),
    /** An operator's prefetch may override the tenant's playback window. */
    RECORDING_EXPIRED(410, "Too old to be fetched", false),
    /** Fetch the recording anew: your copy is of another version. */
    PRECONDITION_FAILED(412, "A precondition failed", false),
    /** Wait for Retry-After: your tenant has asked more often than this gateway allows it. */
    RATE_LIMITED(429, "Too many requests", true),
    /** Send a smaller body. */
    BODY_TOO_LARGE(413, "The body is too large", false),
    /** Send the Content-Type that the API's description names. */
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", false),
    /** Ask for a range inside the size that Content-Range names. */
    RANGE_NOT_SATISFIABLE(416, "The range is outside the recording", false),
    /** Any other refusal of the request as it is; mend it. */
    BAD_REQUEST(400, "The request was refused", false),
    /** Report it with the id in the detail; the log holds the cause under it. */
    INTERNAL_ERROR(500, "Something went wrong", true),
    /** Wait for Retry-After and ask again: the next request starts another attempt. */
    FETCH_FAILED(503, "The recording could not be fetched", true),
    /** Nothing: the member reason says why this audio cannot be had, and waiting will not help. */
    RECORDING_UNPLAYABLE(503, "The recording cannot be played", false),
    /** Wait for Retry-After: this gateway already sends as many streams as it may. */
    TOO_MANY_STREAMS(503, "Too many streams", true),
    /** Wait for Retry-After: this gateway already holds as many event streams as it may. */
    TOO_MANY_SUBSCRIBERS(503, "Too many event streams", true),
    /** Wait for Retry-After: the database does not answer. */
    DATABASE_UNAVAILABLE(503, "The database is not available", true),
    /** Wait for Retry-After: the object store does not answer as it should. */
    STORE_UNAVAILABLE(503, "The store is not available", true),
    /** Wait for Retry-After: Kafka does not answer, or others are reading the dead letters. */
    KAFKA_UNAVAILABLE(503, "Kafka is not available", true),
    /** Wait for Retry-After: tokens cannot be verified at the moment. */
    IDENTITY_PROVIDER_UNAVAILABLE(503, "The identity provider is not available", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemType(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    /** The name in the document and in metrics, for example {@code recording-not-found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** The public text. */
    public String title() {
        return title;
    }

    /** Whether the same request may succeed later by itself. */
    public boolean retryable() {
        return retryable;
    }

    /** The row for a status that a framework chose. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 412 -> PRECONDITION_FAILED;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 416 -> RANGE_NOT_SATISFIABLE;
            case 429 -> RATE_LIMITED;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }
}
