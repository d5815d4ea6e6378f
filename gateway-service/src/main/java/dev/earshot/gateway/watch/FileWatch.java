package dev.earshot.gateway.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks at all watched files by a timer, on a worker thread, and tells in a metric whether they are valid. */
@Singleton
public class FileWatch {
    private final Vertx vertx;
    private final FilesConfig config;
    private final MeterRegistry meters;
    private final List<Watched<?>> watched = new CopyOnWriteArrayList<>();
    /** A file system that hangs collects no looks. */
    private final AtomicBoolean looking = new AtomicBoolean();

    private volatile long timer = -1;

    public FileWatch(Vertx vertx, FilesConfig config, MeterRegistry meters) {
        if (config.interval().toMillis() < 1) {
            throw new IllegalStateException("earshot.files.interval must be more than 0");
        }
        this.vertx = vertx;
        this.config = config;
        this.meters = meters;
    }

    /**
     * Reads now, and again at every interval.
     *
     * @param name of what is watched, for log and metric
     * @param read see {@link Watched}
     * @param isEmpty see {@link Watched}
     * @return the last state that could be read
     * @throws RuntimeException that of {@code read}, if the first one fails
     */
    public <T> Supplier<T> over(String name, Supplier<T> read, Predicate<T> isEmpty) {
        Watched<T> files = new Watched<>(name, read, isEmpty);
        Gauge.builder("earshot.files.valid", files, seen -> seen.valid() ? 1 : 0)
                .description("Whether the files could be read as they are; 0: the state before stays in force")
                .tag("files", name)
                .strongReference(true)
                .register(meters);
        watched.add(files);
        return files;
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    /** Begins to look. */
    public void start() {
        timer = vertx.setPeriodic(config.interval().toMillis(), ignored -> look());
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            vertx.executeBlocking(this::lookAtAll, false).onComplete(done -> looking.set(false));
        }
    }

    private boolean lookAtAll() {
        watched.forEach(Watched::look);
        return true;
    }

    /** Looks no more. */
    @PreDestroy
    public void stop() {
        vertx.cancelTimer(timer);
    }
}
