package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a fetch did not end in ready. The wire name is the constant in lower case with hyphens. */
public enum FailureReason {
    /** Twilio is still processing the recording, or the call has only just ended. */
    @JsonProperty("not-ready-yet")
    NOT_READY_YET("not-ready-yet"),
    /** The audio was deleted at Twilio. Final. */
    @JsonProperty("source-deleted")
    SOURCE_DELETED("source-deleted"),
    /** There never was any audio: too short, silent, or without a public key. Final. */
    @JsonProperty("absent")
    ABSENT("absent"),
    /** The recording is encrypted with the customer's key; Earshot holds none. Final. */
    @JsonProperty("encrypted")
    ENCRYPTED("encrypted"),
    /** Twilio refused the account's credentials. */
    @JsonProperty("unauthorized")
    UNAUTHORIZED("unauthorized"),
    /** Twilio answered 429: too many requests at once; this one was never processed. */
    @JsonProperty("rate-limited")
    RATE_LIMITED("rate-limited"),
    /** The fetcher's queue for this account is full, or its circuit breaker is open; nothing was tried. */
    @JsonProperty("account-busy")
    ACCOUNT_BUSY("account-busy"),
    /** A 5xx answer, or the connection could not be made or broke. */
    @JsonProperty("upstream-error")
    UPSTREAM_ERROR("upstream-error"),
    /** Nothing came for longer than the idle time-out, or the whole took longer than the total time-out. */
    @JsonProperty("upstream-timeout")
    UPSTREAM_TIMEOUT("upstream-timeout"),
    /** Fewer or more bytes than declared, or a chunked body that was cut. */
    @JsonProperty("truncated")
    TRUNCATED("truncated"),
    /** The answer was no audio: HTML, JSON, XML, nothing at all, or wrong magic bytes. */
    @JsonProperty("not-audio")
    NOT_AUDIO("not-audio"),
    /** Larger than the configured cap. Final. */
    @JsonProperty("too-large")
    TOO_LARGE("too-large"),
    /** Twilio redirected to a host that is not on the allow-list. */
    @JsonProperty("redirect-refused")
    REDIRECT_REFUSED("redirect-refused"),
    /** The object store refused, failed or timed out, or the spool is full. */
    @JsonProperty("store-unavailable")
    STORE_UNAVAILABLE("store-unavailable"),
    /** Other bytes lie under our key, or what was read back differs from what was written. */
    @JsonProperty("store-conflict")
    STORE_CONFLICT("store-conflict"),
    /** The gateway cannot see what the fetcher announced: they do not share one store. Raised by the gateway. */
    @JsonProperty("store-mismatch")
    STORE_MISMATCH("store-mismatch"),
    /** The last counted attempt failed. Raised by the gateway. */
    @JsonProperty("attempts-exhausted")
    ATTEMPTS_EXHAUSTED("attempts-exhausted");

    private final String code;

    FailureReason(String code) {
        this.code = code;
    }

    /** The name on the wire, in answers and in metrics, for example {@code not-ready-yet}. */
    public String code() {
        return code;
    }
}
