package dev.earshot.fetcher.failure;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a fetch met instead of confirmed audio. Each one carries only its own data. */
public sealed interface Trouble {
    /**
     * Twilio answered something else than 200 with the media.
     *
     * @param status the HTTP status
     * @param twilioCode the error code in the body, if one could be read
     * @param retryAfter what {@code Retry-After} asks for
     */
    record RefusedAnswer(int status, OptionalInt twilioCode, Optional<Duration> retryAfter) implements Trouble {}

    /**
     * The media is not there, and the metadata was asked why.
     *
     * @param source what the metadata says
     * @param twilioCode the error code that came with the media's answer
     */
    record NoMedia(SourceState source, OptionalInt twilioCode) implements Trouble {}

    /** No account file names the request's account: {@code detail} says what to configure. */
    record UnknownAccount(String detail) implements Trouble {}

    /**
     * Nothing was tried: the account's queue is full or its breaker open.
     *
     * @param retryAfter when there may be room, if that is known
     */
    record AccountBusy(String detail, Optional<Duration> retryAfter) implements Trouble {}

    /** The connection could not be made, or broke by reset; DNS and TLS included. */
    record ConnectionFailed(String detail) implements Trouble {}

    /** Nothing came for too long, or the whole took too long. */
    record TimedOut(String detail) implements Trouble {}

    /** The body has another length than declared, or its chunks were cut. */
    record CutShort(String detail) implements Trouble {}

    /** A 200 that is no audio of an allowed kind. */
    record NotAudio(String detail, OptionalInt twilioCode) implements Trouble {}

    /** More than the cap. */
    record TooLarge(long capBytes) implements Trouble {}

    /** A redirect to a host that is not on the allow-list, or to no usable URL at all. */
    record RedirectRefused(String detail) implements Trouble {}

    /** The object store refused, failed or timed out. */
    record StoreFailed(String detail) implements Trouble {}

    /** The spool's budget is used up. */
    record SpoolFull(String detail) implements Trouble {}

    /** The spool's disk failed. */
    record SpoolFailed(String detail) implements Trouble {}

    /** Other bytes lie under our key, or the read-back differs. */
    record StoreConflict(String detail) implements Trouble {}
}
