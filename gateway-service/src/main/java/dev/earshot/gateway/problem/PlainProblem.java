package dev.earshot.gateway.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** A row of the table as an answer to what no resource has seen. */
public final class PlainProblem {
    private PlainProblem() {}

    /** The row for what a server has failed with; what is no fault of the client's is logged under an id. */
    public static Problem of(int status, @Nullable Throwable failure) {
        ProblemType type = ProblemType.ofStatus(status);
        return type == ProblemType.INTERNAL_ERROR ? ProblemTable.unexpected(failure) : Problem.of(type);
    }

    /** Sends it and ends the answer; the document has the members of every other problem's. */
    public static void send(RoutingContext routing, Problem problem) {
        ProblemType type = problem.type();
        JsonObject document = new JsonObject().put("status", type.status()).put("title", type.title());
        problem.detail().ifPresent(detail -> document.put("detail", detail));
        document.put("code", type.code()).put(Problem.RETRYABLE, type.retryable());
        problem.members().forEach(document::put);
        HttpServerResponse response = routing.response().setStatusCode(type.status());
        problem.headers().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            var unused = response.end();
        } else {
            var unused = response.end(document.toBuffer());
        }
    }
}
