package dev.earshot.gateway.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of a request, read strictly: an unknown member is a misspelt one, of two with the same name one is a
 * mistake (RFC 8259 section 4 leaves it open which), and what follows the object was never meant. A member that is null
 * is one that is missing.
 *
 * <p>Every method throws a {@link Problem} 400 {@code invalid-request} whose detail names the member.
 */
public final class JsonBody {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, JsonNode> members;

    private JsonBody(Map<String, JsonNode> members) {
        this.members = members;
    }

    /**
     * Reads one object.
     *
     * @param known the members that it may have
     */
    public static JsonBody read(@Nullable String json, String... known) {
        try (JsonParser parser = MAPPER.createParser(json == null ? "" : json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("the body must be one JSON object");
            }
            Map<String, JsonNode> members = members(parser, List.of(known));
            if (parser.nextToken() != null) {
                throw invalid("the body must be one JSON object and nothing after it");
            }
            return new JsonBody(members);
        } catch (JsonProcessingException e) {
            throw invalid("the body is not valid JSON" + place(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@link #read}, but a request without a body is one with an empty object. */
    public static JsonBody readOptional(@Nullable String json, String... known) {
        return json == null || json.isEmpty() ? new JsonBody(Map.of()) : read(json, known);
    }

    private static Map<String, JsonNode> members(JsonParser parser, List<String> known) throws IOException {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!known.contains(name)) {
                throw invalid(
                        "there is an unknown field " + Told.shown(name) + "; known are " + String.join(", ", known));
            }
            if (members.containsKey(name)) {
                throw invalid(name + " comes twice");
            }
            parser.nextToken();
            members.put(name, MAPPER.readTree(parser));
        }
        return members;
    }

    private static String place(JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        return at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** Whether it is there and not null. */
    public boolean has(String field) {
        return value(field) != null;
    }

    /**
     * A text that must be there.
     *
     * @param what what it must be, for the detail
     */
    public String text(String field, String what, Predicate<String> valid) {
        JsonNode value = value(field);
        if (value == null) {
            throw invalid(field + " is missing");
        }
        return text(field, value, what, valid);
    }

    /**
     * A list of texts that must be there, with at least one.
     *
     * @param what what each must be
     * @param most how many there may be
     */
    public List<String> texts(String field, String what, Predicate<String> valid, int most) {
        JsonNode value = value(field);
        if (value == null) {
            throw invalid(field + " is missing");
        }
        if (!value.isArray() || value.isEmpty() || value.size() > most) {
            throw invalid(field + " must be a list of 1 to " + most);
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode each : value) {
            texts.add(text(field + "[" + texts.size() + "]", each, what, valid));
        }
        return texts;
    }

    private static String text(String field, JsonNode value, String what, Predicate<String> valid) {
        if (!value.isTextual() || !valid.test(value.textValue())) {
            throw invalid(field + " must be " + what);
        }
        return value.textValue();
    }

    /** A time with its offset (RFC 3339), after one and before the other. */
    public Optional<Instant> instant(String field, Instant after, Instant before) {
        JsonNode value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        try {
            Instant told = OffsetDateTime.parse(value.isTextual() ? value.textValue() : "")
                    .toInstant();
            if (told.isBefore(after) || told.isAfter(before)) {
                throw invalid(field + " must lie after " + after + " and before " + before);
            }
            return Optional.of(told);
        } catch (DateTimeException e) {
            throw invalid(field + " must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** A whole number within bounds, both included. */
    public OptionalInt integer(String field, int least, int most) {
        JsonNode value = value(field);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw invalid(field + " must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(value.intValue());
    }

    /** The same where it may be more than an int. */
    public OptionalLong whole(String field, long least, long most) {
        JsonNode value = value(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw invalid(field + " must be a whole number from " + least + " to " + most);
        }
        return OptionalLong.of(value.longValue());
    }

    /** True or false; what is missing is false. */
    public boolean flag(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isBoolean()) {
            throw invalid(field + " must be true or false");
        }
        return value != null && value.booleanValue();
    }

    private @Nullable JsonNode value(String field) {
        JsonNode value = members.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static Problem invalid(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }
}
