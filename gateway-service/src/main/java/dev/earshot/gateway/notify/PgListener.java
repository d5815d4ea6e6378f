package dev.earshot.gateway.notify;

import dev.earshot.events.RecordingKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one LISTEN connection of this replica. Not from the pool, and not through a pooler that shares connections: what
 * listens must stay.
 */
@ApplicationScoped
class PgListener {
    private static final Logger LOG = Logger.getLogger(PgListener.class);
    private static final String CHANGES = "earshot_recordings";
    private static final String HEARTBEAT = "earshot_heartbeat";

    private final Vertx vertx;
    private final List<Changes> hearers;
    private final Duration beat;
    private final long deadAfterNanos;
    private final PgConnectOptions options;
    private final String self = UUID.randomUUID().toString();

    // Touched on the timer's context only, but for the gauge.
    private volatile @Nullable PgConnection connection;
    private volatile boolean listening;
    private boolean connecting;
    private boolean deafnessTold;
    private int connects;
    private boolean stopped;
    private long lastHeard;

    PgListener(
            Vertx vertx,
            @All List<Changes> hearers,
            WaitersConfig config,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.vertx = vertx;
        this.hearers = hearers;
        this.beat = config.heartbeat();
        this.deadAfterNanos = config.deadAfter().toNanos();
        this.options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""))
                .setUser(user)
                .setPassword(password);
        options.setConnectTimeout((int) config.deadAfter().toMillis());
        meters.gauge("earshot.notify.listening", this, listener -> listener.listening ? 1 : 0);
    }

    void start(@Observes StartupEvent event) {
        // One context for everything: its callbacks never run at the same time.
        vertx.getOrCreateContext().runOnContext(ignored -> {
            tick();
            vertx.setPeriodic(beat.toMillis(), timer -> {
                if (stopped) {
                    vertx.cancelTimer(timer);
                } else {
                    tick();
                }
            });
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        drop();
    }

    /** Whether changes are heard now. */
    boolean isListening() {
        return listening;
    }

    private void tick() {
        PgConnection current = connection;
        if (current != null && System.nanoTime() - lastHeard > deadAfterNanos) {
            LOG.warn("The database's notifications have fallen silent; connecting anew");
            drop();
            current = null;
        }
        if (current == null) {
            // Deaf: whoever waits is looked after by reading, and once more when we hear again.
            changedPerhaps();
            connect();
        } else {
            beat(current);
        }
    }

    private void beat(PgConnection current) {
        long sent = System.nanoTime();
        current.query("notify " + HEARTBEAT + ", '" + self + "'").execute().onFailure(this::lost);
        // Half a beat is ages for an echo. Until it comes, or the connection is given up, nobody waits for what may be
        // deaf.
        vertx.setTimer(Math.max(1, beat.toMillis() / 2), ignored -> {
            if (connection == current && lastHeard < sent) {
                changedPerhaps();
            }
        });
    }

    /** The driver's time-out covers TCP alone; a handshake that hangs is given up here, or we would be deaf for ever. */
    private void connect() {
        if (connecting && System.nanoTime() - lastHeard <= deadAfterNanos) {
            return;
        }
        connecting = true;
        lastHeard = System.nanoTime();
        int nth = ++connects;
        PgConnection.connect(vertx, options)
                .onSuccess(fresh -> {
                    if (nth == connects) {
                        connecting = false;
                        listen(fresh);
                    } else {
                        close(fresh);
                    }
                })
                .onFailure(failure -> {
                    if (nth == connects) {
                        connecting = false;
                        tellOfDeafness(failure);
                    }
                });
    }

    /** Once for each outage: listeners are still looked after, but by a query each second. */
    private void tellOfDeafness(Throwable failure) {
        if (!deafnessTold) {
            deafnessTold = true;
            LOG.warnf(
                    "No connection for the database's notifications; reading instead until there is one: %s", failure);
        }
    }

    private void listen(PgConnection fresh) {
        if (stopped) {
            close(fresh);
            return;
        }
        connection = fresh;
        lastHeard = System.nanoTime();
        fresh.notificationHandler(this::heard);
        fresh.closeHandler(ignored -> {
            if (connection == fresh) {
                connection = null;
                listening = false;
            }
        });
        fresh.query("listen " + CHANGES + "; listen " + HEARTBEAT)
                .execute()
                .onSuccess(ignored -> {
                    listening = true;
                    deafnessTold = false;
                    LOG.info("Listening for the database's notifications");
                    changedPerhaps();
                })
                .onFailure(this::lost);
    }

    private void heard(PgNotification notification) {
        if (notification.getChannel().equals(HEARTBEAT)) {
            if (notification.getPayload().equals(self)) {
                lastHeard = System.nanoTime();
            }
            return;
        }
        try {
            Set<RecordingKey> changed = Set.of(RecordingKey.parse(notification.getPayload()));
            hearers.forEach(hearer -> hearer.changed(changed));
        } catch (IllegalArgumentException e) {
            LOG.warnf("A notification that is none of ours on channel %s", CHANGES);
        }
    }

    private void changedPerhaps() {
        hearers.forEach(Changes::changedPerhaps);
    }

    private void lost(Throwable failure) {
        tellOfDeafness(failure);
        drop();
    }

    private void drop() {
        PgConnection old = connection;
        connection = null;
        listening = false;
        if (old != null) {
            close(old);
        }
    }

    private static void close(PgConnection old) {
        old.close().onFailure(failure -> LOG.debug("Closing failed", failure));
    }
}
