package dev.earshot.gateway.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at each shared dependency by a timer and whenever the health body is read. */
@ApplicationScoped
class Dependencies {
    private final Vertx vertx;
    private final HealthConfig config;
    private final List<WatchedDependency> watched;
    private volatile long timer = -1;

    Dependencies(Vertx vertx, HealthConfig config, @Any Instance<Dependency> dependencies, MeterRegistry meters) {
        this.vertx = vertx;
        this.config = config;
        this.watched = dependencies.stream().map(WatchedDependency::new).toList();
        watched.forEach(each -> Gauge.builder("earshot.dependency.up", each, seen -> seen.worked() ? 1 : 0)
                .description("Whether a shared dependency worked at the last look")
                .tag("dependency", each.name())
                .register(meters));
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(
                Math.max(1, config.interval().toMillis()),
                ignored -> look().subscribe().with(names -> {}));
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    /** By name, whether each works now. Answers within a second or so, and never fails. */
    Uni<SortedMap<String, Boolean>> look() {
        return Multi.createFrom()
                .iterable(watched)
                .onItem()
                .transformToUniAndMerge(WatchedDependency::look)
                .collect()
                .last()
                .map(ignored -> lastSeen());
    }

    private SortedMap<String, Boolean> lastSeen() {
        SortedMap<String, Boolean> seen = new TreeMap<>();
        watched.forEach(each -> seen.put(each.name(), each.worked()));
        return seen;
    }
}
