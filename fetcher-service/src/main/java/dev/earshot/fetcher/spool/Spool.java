package dev.earshot.fetcher.spool;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The spool folder. */
@Startup
@Singleton
public class Spool {
    private static final String SUFFIX = ".download";

    private final Path directory;
    private final SpoolBudget budget;

    @Inject
    public Spool(SpoolConfig config, MeterRegistry meters) {
        this(config.directory(), config.budget().asLongValue());
        Gauge.builder("earshot_spool_used_bytes", budget, SpoolBudget::usedBytes)
                .description("Bytes of downloads that lie in the spool")
                .register(meters);
        Gauge.builder("earshot_spool_budget_bytes", budget, SpoolBudget::limitBytes)
                .description("Bytes that the spool may hold")
                .register(meters);
    }

    Spool(Path directory, long budgetBytes) {
        if (budgetBytes <= 0) {
            throw new IllegalStateException("earshot.spool.budget must be more than 0");
        }
        this.directory = directory;
        this.budget = new SpoolBudget(budgetBytes);
        try {
            Files.createDirectories(directory);
            empty();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "earshot.spool.directory: the folder " + directory.toAbsolutePath() + " cannot be used: " + e, e);
        }
    }

    /** A new file, not yet on disk. */
    public SpoolFile create() {
        return new SpoolFile(directory, UUID.randomUUID() + SUFFIX, budget);
    }

    /** Whether at least half of the budget is free: that much must have been stored since it was used up. */
    public boolean isHalfFree() {
        return budget.usedBytes() <= budget.limitBytes() / 2;
    }

    /** Deletes what an earlier process left: only our own files, in case the folder was configured by mistake. */
    private void empty() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("not writable");
        }
    }
}
