package dev.earshot.gateway.problem;

import dev.earshot.gateway.recording.RecordingsUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.oidc.OIDCException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The one mapper: whatever an exception mapper of the extension or of ours made, what leaves is a row of
 * {@link ProblemType}. Nothing of a foreign exception's text is passed on.
 */
@ApplicationScoped
class ProblemTable implements ProblemPostProcessor {
    private static final Logger LOG = Logger.getLogger(ProblemTable.class);
    /** How soon a dependency that is down is worth another try. */
    private static final Duration DEPENDENCY_RETRY = Duration.ofSeconds(2);
    /** What a framework's answer may keep of its headers. */
    private static final Set<String> KEPT_HEADERS = Set.of("www-authenticate");

    private static final int SERVER_ERROR = 500;

    private static final Duration LOG_PAUSE = Duration.ofSeconds(5);

    private final MeterRegistry meters;
    private final AtomicLong lastSaidNanos = new AtomicLong(System.nanoTime() - LOG_PAUSE.toNanos());

    ProblemTable(MeterRegistry meters) {
        this.meters = meters;
        // Alerts are about these: there from the start, so that the first one shows as an increase.
        for (ProblemType type : ProblemType.values()) {
            if (type.status() >= SERVER_ERROR) {
                problems(type).increment(0);
            }
        }
    }

    private Counter problems(ProblemType type) {
        return meters.counter("earshot.http.problems", "code", type.code());
    }

    @Override
    public HttpProblem apply(HttpProblem found, ProblemContext context) {
        Problem problem = allowing(rowFor(found, context.cause), context.path);
        problems(problem.type()).increment();
        HttpProblem.Builder document = render(problem);
        found.getHeaders().forEach((name, value) -> keep(document, name, value));
        return document.build();
    }

    /** RFC 9110 section 15.5.6 demands the header; the framework knows the methods and does not tell them. */
    private static Problem allowing(Problem problem, @Nullable String path) {
        return problem.type() == ProblemType.METHOD_NOT_ALLOWED
                ? problem.header("Allow", AllowedMethods.of(path == null ? "" : path))
                : problem;
    }

    private static void keep(HttpProblem.Builder document, String name, Object value) {
        if (KEPT_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            document.withHeader(name, value);
        }
    }

    private Problem rowFor(HttpProblem found, @Nullable Throwable cause) {
        if (cause instanceof Problem ours) {
            return ours;
        }
        if (causedBy(cause, RecordingsUnavailableException.class)) {
            sayOnceInAWhile("The database does not answer requests: " + cause);
            return Problem.of(ProblemType.DATABASE_UNAVAILABLE).retryAfter(DEPENDENCY_RETRY);
        }
        if (causedBy(cause, OIDCException.class) && found.getStatusCode() != 401) {
            sayOnceInAWhile("The identity provider is not available, so tokens cannot be verified: " + cause);
            return Problem.of(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE).retryAfter(DEPENDENCY_RETRY);
        }
        ProblemType type = ProblemType.ofStatus(found.getStatusCode());
        return switch (type) {
            case INTERNAL_ERROR -> unexpected(cause);
            // RFC 9110, 15.5.2. The extension's own mapper of a session whose token does not verify says nothing of it.
            case UNAUTHENTICATED -> Problem.of(type).header("WWW-Authenticate", "Bearer");
            default -> Problem.of(type);
        };
    }

    /** An outage meets every request; the metric counts them, and the log tells of it every few seconds. */
    private void sayOnceInAWhile(String what) {
        long now = System.nanoTime();
        long last = lastSaidNanos.get();
        if (now - last >= LOG_PAUSE.toNanos() && lastSaidNanos.compareAndSet(last, now)) {
            LOG.warn(what);
        }
    }

    static Problem unexpected(@Nullable Throwable cause) {
        String id = UUID.randomUUID().toString();
        MDC.put("code", ProblemType.INTERNAL_ERROR.code());
        LOG.errorf(cause, "A request failed unexpectedly, id %s", id);
        MDC.remove("code");
        return Problem.of(ProblemType.INTERNAL_ERROR, "id " + id);
    }

    private static boolean causedBy(@Nullable Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    static HttpProblem.Builder render(Problem problem) {
        ProblemType type = problem.type();
        HttpProblem.Builder document = HttpProblem.builder()
                .withStatus(type.status())
                .withTitle(type.title())
                .withHeader("Cache-Control", "no-store")
                .with("code", type.code())
                .with(Problem.RETRYABLE, type.retryable());
        problem.detail().ifPresent(document::withDetail);
        problem.headers().forEach(document::withHeader);
        problem.members().forEach(document::with);
        return document;
    }
}
