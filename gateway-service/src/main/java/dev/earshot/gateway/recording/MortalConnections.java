package dev.earshot.gateway.recording;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the pool's connections mortal. The driver waits for an answer without end, so a connection whose server has gone
 * without a word (a fail-over, a firewall that forgot it) would keep its place in the pool for ever, and twenty of them
 * would be the end of this replica. One that is silent for too long is closed; one that merely rests was returned and
 * closed by the pool before ({@code quarkus.datasource.reactive.idle-timeout}, looked at each second; start-up refuses
 * values that would turn this round).
 *
 * <p>The other way round, a replica that hangs or is gone without a word in the middle of a transaction would keep its rows
 * locked until it goes on, or until TCP gives up after hours: the server ends such a transaction after the same time.
 */
@Singleton
class MortalConnections implements PgPoolCreator {
    private static final String IDLE_IN_TRANSACTION = "idle_in_transaction_session_timeout";

    private final int deadAfterMillis;

    MortalConnections(DatabaseConfig config) {
        this.deadAfterMillis = Math.toIntExact(config.deadAfter().toMillis());
    }

    @Override
    public Pool create(Input input) {
        List<SqlConnectOptions> servers = input.pgConnectOptionsList().stream()
                .<SqlConnectOptions>map(this::mortal)
                .toList();
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(servers)
                .using(input.vertx())
                .build();
    }

    private PgConnectOptions mortal(PgConnectOptions options) {
        PgConnectOptions mortal = new PgConnectOptions(options);
        mortal.setReadIdleTimeout(deadAfterMillis);
        mortal.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        mortal.addProperty(IDLE_IN_TRANSACTION, Integer.toString(deadAfterMillis));
        return mortal;
    }
}
