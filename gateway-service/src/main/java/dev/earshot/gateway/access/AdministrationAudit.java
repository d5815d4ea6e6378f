package dev.earshot.gateway.access;

import dev.earshot.events.Administered;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.http.Told;
import dev.earshot.gateway.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Tells who administered what: one line in the log for each action, and one event where the audit is on. Neither blocks nor fails,
 * whatever becomes of the event.
 */
@ApplicationScoped
public class AdministrationAudit {
    private static final Logger LOG = Logger.getLogger(AdministrationAudit.class);
    /** OpenID Connect Core 1.0 section 2: a subject has 255 characters at most. What is longer is cut, as any other text. */
    private static final int LONGEST_TEXT = 255;
    /** What failed by none of the problems that we answer on purpose. */
    private static final String FAILED = "failed";

    private final boolean enabled;
    private final KafkaAccessTopic topic;
    private final Clock clock;

    AdministrationAudit(AccessAuditConfig config, KafkaAccessTopic topic, Clock clock) {
        this.enabled = config.enabled();
        this.topic = topic;
        this.clock = clock;
    }

    /** Does the work, and tells of it when it has ended, well or not. */
    public <T> Uni<T> during(Action action, Uni<T> work, Function<T, Map<String, Long>> counts) {
        return work.onItem()
                .invoke(done -> told(action, Administered.DONE, counts.apply(done)))
                .onFailure()
                .invoke(failure -> failed(action, failure));
    }

    /** An action has ended by this. */
    public void failed(Action action, Throwable failure) {
        told(action, outcome(failure), Map.of());
    }

    private static String outcome(Throwable failure) {
        return failure instanceof Problem problem ? problem.type().code() : FAILED;
    }

    /**
     * An action has ended.
     *
     * @param outcome {@link Administered#DONE}, or the code of the problem that was answered
     */
    public void told(Action action, String outcome, Map<String, Long> counts) {
        try {
            Administered event = new Administered(
                    UUID.randomUUID().toString(),
                    cut(action.who().subject()),
                    action.verb(),
                    action.who().scope(),
                    action.parameters(),
                    outcome,
                    counts,
                    clock.instant());
            LOG.infof(
                    "Administration: %s %s in tenant %s by %s: %s %s",
                    event.verb(),
                    event.parameters(),
                    event.tenant().map(Tenant::value).orElse("any"),
                    Told.shown(event.subject()),
                    event.outcome(),
                    event.counts());
            if (enabled) {
                topic.offer(event, Optional.empty());
            }
        } catch (RuntimeException e) {
            LOG.error("An action could not be told", e);
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    /**
     * What somebody wants done.
     *
     * @param who and in whose recordings
     * @param verb what
     * @param parameters as they were understood, defaults among them
     */
    public record Action(Callers.Administrator who, String verb, Map<String, String> parameters) {
        /** One without parameters. */
        public static Action of(Callers.Administrator who, String verb) {
            return new Action(who, verb, Map.of());
        }

        /** The same with a parameter more; one that was not told is left out. */
        public Action with(String name, Object value) {
            if (value instanceof Optional<?> maybe) {
                return maybe.map(told -> with(name, told)).orElse(this);
            }
            Map<String, String> more = new java.util.TreeMap<>(parameters);
            more.put(name, cut(Told.printable(value.toString())));
            return new Action(who, verb, Map.copyOf(more));
        }
    }
}
