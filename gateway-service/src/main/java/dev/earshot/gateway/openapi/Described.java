package dev.earshot.gateway.openapi;

import dev.earshot.gateway.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One row: what an operation takes and answers.
 *
 * @param id its name in generated clients
 * @param door who may pass
 * @param parameters by their names in {@link Parameters}
 * @param body what is sent with it
 * @param answers that are no problems
 * @param problems each under its own status
 */
record Described(
        String method,
        String path,
        String id,
        Door door,
        List<String> parameters,
        Optional<Body> body,
        List<Answer> answers,
        Set<ProblemType> problems) {

    /** Who may pass, and what those who may not are told. */
    enum Door {
        /** A token with the role. */
        BEARER,
        /** A token, or a ticket in the URL. */
        BEARER_OR_TICKET,
        /** An operator's token, which need name no tenant. */
        OPERATOR,
        /** Twilio's signature. */
        SIGNATURE
    }

    /**
     * A request's body.
     *
     * @param schema its name in {@link Schemas}, and of its example
     */
    record Body(String schema, boolean required, List<String> mediaTypes) {}

    /**
     * An answer that is no problem.
     *
     * @param schema its name in {@link Schemas}, and of its example; none if there is no content
     * @param always headers that it always has
     * @param maybe headers that it may have
     */
    record Answer(
            int status,
            String description,
            Optional<String> schema,
            List<String> mediaTypes,
            List<String> always,
            List<String> maybe) {
        static Answer json(int status, String schema, String description) {
            return new Answer(
                    status, description, Optional.of(schema), List.of("application/json"), List.of(), List.of());
        }

        static Answer typed(int status, String schema, String description, String... mediaTypes) {
            return new Answer(status, description, Optional.of(schema), List.of(mediaTypes), List.of(), List.of());
        }

        static Answer bare(int status, String description) {
            return new Answer(status, description, Optional.empty(), List.of(), List.of(), List.of());
        }

        Answer with(String... names) {
            return new Answer(status, description, schema, mediaTypes, joined(always, names), maybe);
        }

        Answer maybe(String... names) {
            return new Answer(status, description, schema, mediaTypes, always, joined(maybe, names));
        }
    }

    static Described of(String method, String path, String id, Door door) {
        return new Described(method, path, id, door, List.of(), Optional.empty(), List.of(), Set.of());
    }

    Described takes(String... names) {
        return new Described(method, path, id, door, joined(parameters, names), body, answers, problems);
    }

    Described sends(Body sent) {
        return new Described(method, path, id, door, parameters, Optional.of(sent), answers, problems);
    }

    Described answers(Answer... more) {
        List<Answer> all = new ArrayList<>(answers);
        all.addAll(List.of(more));
        return new Described(method, path, id, door, parameters, body, all, problems);
    }

    Described problems(ProblemType... more) {
        Set<ProblemType> all = new TreeSet<>(problems);
        all.addAll(Arrays.asList(more));
        return new Described(method, path, id, door, parameters, body, answers, all);
    }

    /** The same asked for by HEAD: no answer has content. */
    Described head() {
        List<Answer> bare = answers.stream()
                .map(answer -> new Answer(
                        answer.status(),
                        answer.description(),
                        Optional.empty(),
                        List.of(),
                        answer.always(),
                        answer.maybe()))
                .toList();
        return new Described("HEAD", path, id + "Head", door, parameters, Optional.empty(), bare, problems);
    }

    private static List<String> joined(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(Arrays.asList(more));
        return List.copyOf(all);
    }
}
