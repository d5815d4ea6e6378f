package dev.earshot.gateway.registration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The body of a registration, read strictly: an unknown field is a misspelt one.
 *
 * @param accountSid the Twilio account that holds it
 * @param callSid the call it belongs to
 * @param facts what else is told
 */
record RegistrationBody(AccountSid accountSid, CallSid callSid, Facts facts) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FIELDS =
            Set.of("accountSid", "callSid", "startedAt", "durationSeconds", "channels");
    /** Before Twilio there was nothing to record. */
    private static final Instant EARLIEST = Instant.parse("2008-01-01T00:00:00Z");
    /** How far a teller's clock may be ahead of ours. */
    private static final Duration FAST_CLOCKS = Duration.ofDays(1);
    /** Twilio ends a recording after 24 hours; a week leaves room for other sources. */
    private static final int LONGEST_SECONDS = 7 * 24 * 3600;

    /**
     * @param now to refuse times that cannot be
     * @throws Problem 400 {@code invalid-request}, naming the field
     */
    static RegistrationBody parse(String json, Instant now) {
        JsonNode root = read(json);
        Iterator<String> names = root.fieldNames();
        while (names.hasNext()) {
            if (!FIELDS.contains(names.next())) {
                throw invalid(
                        "there is an unknown field; known are accountSid, callSid, startedAt, durationSeconds, channels");
            }
        }
        return new RegistrationBody(
                new AccountSid(sid(root, "accountSid", "AC", AccountSid::isValid)),
                new CallSid(sid(root, "callSid", "CA", CallSid::isValid)),
                new Facts(
                        startedAt(root, now),
                        number(root, "durationSeconds", 0, LONGEST_SECONDS),
                        number(root, "channels", 1, 2)));
    }

    private static JsonNode read(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject()) {
                throw invalid("the body must be one JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw invalid("the body is not valid JSON");
        }
    }

    private static String sid(JsonNode root, String field, String prefix, Predicate<String> valid) {
        JsonNode value = value(root, field);
        if (value == null) {
            throw invalid(field + " is missing");
        }
        if (!value.isTextual() || !valid.test(value.textValue())) {
            throw invalid(field + " must be " + prefix + " and 32 hexadecimal digits");
        }
        return value.textValue();
    }

    private static Optional<Instant> startedAt(JsonNode root, Instant now) {
        JsonNode value = value(root, "startedAt");
        if (value == null) {
            return Optional.empty();
        }
        try {
            Instant told = OffsetDateTime.parse(value.isTextual() ? value.textValue() : "")
                    .toInstant();
            if (told.isBefore(EARLIEST) || told.isAfter(now.plus(FAST_CLOCKS))) {
                throw invalid("startedAt must lie after " + EARLIEST + " and not in the future");
            }
            return Optional.of(told);
        } catch (DateTimeParseException e) {
            throw invalid("startedAt must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static OptionalInt number(JsonNode root, String field, int least, int most) {
        JsonNode value = value(root, field);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw invalid(field + " must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(value.intValue());
    }

    private static @Nullable JsonNode value(JsonNode root, String field) {
        JsonNode value = root.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }
}
