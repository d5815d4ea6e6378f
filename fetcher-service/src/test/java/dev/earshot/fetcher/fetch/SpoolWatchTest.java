package dev.earshot.fetcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.health.Dependencies;
import dev.earshot.fetcher.spool.Spool;
import dev.earshot.fetcher.spool.SpoolFile;
import dev.earshot.fetcher.spool.Spools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolWatchTest {
    private static final Throwable FULL = new TroubleException(new Trouble.SpoolFull("no room"));
    private static final Throwable BROKEN = new TroubleException(new Trouble.SpoolFailed("no disk"));

    @TempDir
    Path directory;

    private final Logger logger = Logger.getLogger(SpoolWatch.class.getName());
    private final Lines lines = new Lines();
    private final Dependencies dependencies = new Dependencies();

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(lines);
    }

    @Test
    void a_full_spool_is_a_warning_and_heals_when_half_of_it_is_free() {
        Spool spool = Spools.in(directory, 10);
        SpoolWatch watch = new SpoolWatch(spool, dependencies);
        SpoolFile large = holding(spool, 9);

        watch.met(FULL);
        String meanwhile = health();
        large.close();
        watch.left();

        assertThat(meanwhile).isEqualTo("degraded: no room");
        assertThat(health()).isEqualTo("ok");
        assertThat(lines.seen).containsExactly("WARN", "INFO");
    }

    @Test
    void a_spool_that_works_at_its_limit_is_told_once() {
        Spool spool = Spools.in(directory, 10);
        SpoolWatch watch = new SpoolWatch(spool, dependencies);
        SpoolFile large = holding(spool, 6);

        for (int refused = 0; refused < 3; refused++) {
            watch.met(FULL);
            SpoolFile small = holding(spool, 2);
            watch.works();
            small.close();
            watch.left();
        }

        assertThat(health()).isEqualTo("degraded: no room");
        assertThat(lines.seen).containsExactly("WARN");
        large.close();
    }

    @Test
    void a_broken_spool_is_an_error_until_a_download_lies_in_it() {
        SpoolWatch watch = new SpoolWatch(Spools.in(directory, 10), dependencies);

        watch.met(BROKEN);
        watch.left();
        watch.met(BROKEN);
        watch.met(FULL);
        String meanwhile = health();
        watch.works();

        assertThat(meanwhile).isEqualTo("degraded: no disk");
        assertThat(health()).isEqualTo("ok");
        assertThat(lines.seen).containsExactly("ERROR", "INFO");
    }

    @Test
    void a_full_spool_that_breaks_is_an_error() {
        SpoolWatch watch = new SpoolWatch(Spools.in(directory, 10), dependencies);
        watch.met(FULL);

        watch.met(BROKEN);

        assertThat(health()).isEqualTo("degraded: no disk");
        assertThat(lines.seen).containsExactly("WARN", "ERROR");
    }

    @Test
    void what_is_no_fault_of_the_spool_changes_nothing() {
        SpoolWatch watch = new SpoolWatch(Spools.in(directory, 10), dependencies);
        watch.works();

        watch.met(new TroubleException(new Trouble.StoreFailed("down")));
        watch.met(new IllegalStateException("a bug"));

        assertThat(health()).isEqualTo("ok");
        assertThat(lines.seen).isEmpty();
    }

    private String health() {
        return dependencies.states().getOrDefault("spool", "");
    }

    private static SpoolFile holding(Spool spool, long bytes) {
        SpoolFile file = spool.create();
        assertThat(file.hold(bytes)).isTrue();
        return file;
    }

    /** Keeps the level of each line. */
    private static final class Lines extends Handler {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            seen.add(line.getLevel().getName());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
