package dev.earshot.gateway.health;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** PostgreSQL. */
@ApplicationScoped
class DatabaseDependency implements Dependency {
    private final Pool pool;

    DatabaseDependency(Pool pool) {
        this.pool = pool;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Uni<Boolean> works() {
        return pool.query("SELECT 1").execute().replaceWith(true);
    }
}
