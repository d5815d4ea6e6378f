package dev.earshot.gateway.http;

import dev.earshot.events.FailureReason;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A request's query, read strictly: an unknown parameter is a misspelt one, and one that comes twice is a mistake. */
public final class Query {
    private final MultivaluedMap<String, String> told;

    private Query(MultivaluedMap<String, String> told) {
        this.told = told;
    }

    /** @throws Problem 400 {@code invalid-request}, as every other method does */
    public static Query of(UriInfo uri, String... known) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (!List.of(known).contains(name)) {
                throw invalid("there is an unknown parameter " + Told.shown(name) + "; known are "
                        + String.join(", ", known));
            }
            if (values.size() > 1) {
                throw invalid(name + " comes twice");
            }
        });
        return new Query(uri.getQueryParameters());
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(told.getFirst(name));
    }

    public Optional<Tenant> tenant() {
        return text("tenant").map(text -> {
            if (!Tenant.isValid(text)) {
                throw invalid("tenant must be a tenant's name");
            }
            return new Tenant(text);
        });
    }

    /** A whole number from the least to the most. */
    public OptionalInt integer(String name, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        int number = text.get().matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(text.get()) : -1;
        if (number < least || number > most) {
            throw invalid(name + " must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(number);
    }

    public Optional<FailureReason> reason() {
        return text("reason")
                .map(text -> reason(text).orElseThrow(() -> invalid("reason must be a reason of failures")));
    }

    /** By its code; empty if there is none such. */
    public static Optional<FailureReason> reason(String code) {
        return Arrays.stream(FailureReason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }

    public static Problem invalid(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }
}
