package dev.earshot.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Somebody administered: looked at what is the administrators' alone, or changed it. Told once, when it has ended.
 *
 * @param actionId this one action, a UUID
 * @param subject who, as the token says
 * @param verb what was done, such as redrive; new ones come without a new version
 * @param tenant whose recordings; none for everybody's, or where it is about none
 * @param parameters what was asked for, as text
 * @param outcome {@code done}, or the code of the problem that was answered
 * @param counts how many of what were found or changed
 * @param at when it ended
 */
public record Administered(
        String actionId,
        String subject,
        String verb,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Tenant> tenant,
        Map<String, String> parameters,
        String outcome,
        Map<String, Long> counts,
        Instant at)
        implements EarshotEvent {
    /** The outcome of what was done. */
    public static final String DONE = "done";

    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_VALUE = 255;
    private static final int MOST = 32;
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");

    /** @throws IllegalArgumentException if a field is missing or out of bounds */
    public Administered {
        Checks.uuid(actionId, "actionId");
        Checks.notBlank(subject, "subject");
        if (subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("subject must have at most " + LONGEST_SUBJECT + " characters");
        }
        word(verb, "verb");
        Checks.present(parameters, "parameters");
        word(outcome, "outcome");
        Checks.present(counts, "counts");
        Checks.present(at, "at");
        names(parameters, "parameters");
        names(counts, "counts");
        parameters.forEach((name, value) -> {
            if (value == null || value.length() > LONGEST_VALUE) {
                throw new IllegalArgumentException(
                        "parameters." + name + " must be a text of at most " + LONGEST_VALUE + " characters");
            }
        });
        counts.forEach((name, value) -> {
            Checks.present(value, "counts." + name);
            Checks.notNegative(value, "counts." + name);
        });
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
        counts = java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    private static void word(String value, String field) {
        Checks.present(value, field);
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must be lower-case letters, digits and hyphens");
        }
    }

    private static void names(Map<String, ?> members, String field) {
        if (members.size() > MOST
                || !members.keySet().stream()
                        .allMatch(name -> NAME.matcher(name).matches())) {
            throw new IllegalArgumentException(field + " must have at most " + MOST + " members with plain names");
        }
    }

    @Override
    @JsonIgnore
    public EventType type() {
        return EventType.ADMINISTERED;
    }

    @Override
    @JsonIgnore
    public String id() {
        return kafkaKey() + ":" + actionId + ":" + type().shortName();
    }

    @Override
    @JsonIgnore
    public Instant time() {
        return at;
    }

    /** {@code tenant:verb}, with a star for all tenants. */
    @Override
    @JsonIgnore
    public String kafkaKey() {
        return tenant.map(Tenant::value).orElse("*") + ":" + verb;
    }
}
