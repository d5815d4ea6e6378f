package dev.earshot.gateway.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Facts;
import dev.earshot.gateway.recording.Registration.News;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a recordingStatusCallback says.
 *
 * @param recordingSid which recording
 * @param callSid of which call
 * @param news what has become of it
 * @param facts what else is told
 */
record RecordingStatus(RecordingSid recordingSid, CallSid callSid, News news, Facts facts) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The fields of a form or of a flat JSON object. */
    static SortedMap<String, List<String>> fields(SignedRequest request) {
        if (!request.json()) {
            return request.form();
        }
        SortedMap<String, List<String>> fields = new TreeMap<>();
        try {
            JsonNode root = MAPPER.readTree(request.body());
            if (root != null) {
                root.properties()
                        .forEach(field -> fields.put(
                                field.getKey(), List.of(field.getValue().asText())));
            }
        } catch (JsonProcessingException e) {
            // No field is there then; the caller refuses it as it refuses a form without them.
            return new TreeMap<>();
        }
        return fields;
    }

    /** @throws Problem 400 {@code invalid-request}, naming the field */
    static RecordingStatus parse(SortedMap<String, List<String>> fields) {
        return new RecordingStatus(
                field(fields, "RecordingSid")
                        .filter(RecordingSid::isValid)
                        .map(RecordingSid::new)
                        .orElseThrow(() -> invalid("RecordingSid")),
                field(fields, "CallSid")
                        .filter(CallSid::isValid)
                        .map(CallSid::new)
                        .orElseThrow(() -> invalid("CallSid")),
                news(field(fields, "RecordingStatus").orElse("")),
                new Facts(
                        field(fields, "RecordingStartTime").flatMap(RecordingStatus::time),
                        number(field(fields, "RecordingDuration"), 0, 7 * 24 * 3600),
                        number(field(fields, "RecordingChannels"), 1, 2)));
    }

    private static News news(String status) {
        return switch (status) {
            case "in-progress" -> News.NONE;
            case "completed" -> News.COMPLETED;
            // A recording that failed at Twilio has no audio either, and never will.
            case "absent", "failed" -> News.ABSENT;
            default -> throw invalid("RecordingStatus");
        };
    }

    private static Optional<String> field(SortedMap<String, List<String>> fields, String name) {
        return SignedRequest.one(fields, name);
    }

    /** RFC 2822, with an offset such as +0100. A time that is none is a fact less, not an error. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt number(Optional<String> text, int least, int most) {
        return text.filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .filter(value -> value >= least && value <= most)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private static Problem invalid(String field) {
        return Problem.of(ProblemType.INVALID_REQUEST, field + " is missing or malformed");
    }
}
