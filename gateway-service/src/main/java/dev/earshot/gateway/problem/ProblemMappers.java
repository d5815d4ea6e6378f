package dev.earshot.gateway.problem;

import dev.earshot.gateway.recording.RecordingsUnavailableException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.oidc.OIDCException;
import jakarta.ws.rs.ext.Provider;

/** Leads our own exceptions into the extension's chain, where {@link ProblemTable} has the last word. */
final class ProblemMappers {
    private ProblemMappers() {}

    /** Our answers. */
    @Provider
    static final class OfProblem extends ExceptionMapperBase<Problem> {
        @Override
        protected HttpProblem toProblem(Problem problem) {
            return ProblemTable.render(problem).build();
        }
    }

    /** The database is away. */
    @Provider
    static final class OfDatabase extends ExceptionMapperBase<RecordingsUnavailableException> {
        @Override
        protected HttpProblem toProblem(RecordingsUnavailableException failure) {
            return HttpProblem.builder().withStatus(503).build();
        }
    }

    /** The identity provider is away. */
    @Provider
    static final class OfIdentityProvider extends ExceptionMapperBase<OIDCException> {
        @Override
        protected HttpProblem toProblem(OIDCException failure) {
            return HttpProblem.builder().withStatus(503).build();
        }
    }
}
