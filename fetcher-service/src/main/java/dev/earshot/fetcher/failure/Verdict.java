package dev.earshot.fetcher.failure;

import dev.earshot.events.FailureReason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is announced of a trouble.
 *
 * @param reason the row of the failure table
 * @param counted whether the attempt counts towards the most that the gateway makes
 * @param retryAfter how long to leave Twilio alone, if it or the fetcher said so
 * @param twilioCode Twilio's error code, if it gave one
 * @param detail one sentence for an operator, without credentials or URLs
 */
public record Verdict(
        FailureReason reason, boolean counted, Optional<Duration> retryAfter, OptionalInt twilioCode, String detail) {}
