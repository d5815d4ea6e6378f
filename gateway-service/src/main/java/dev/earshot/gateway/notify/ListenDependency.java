package dev.earshot.gateway.notify;

import dev.earshot.gateway.health.Dependency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The connection that wakes waiters; while it is down they are woken by reading. */
@ApplicationScoped
class ListenDependency implements Dependency {
    private final PgListener listener;

    ListenDependency(PgListener listener) {
        this.listener = listener;
    }

    @Override
    public String name() {
        return "listen";
    }

    @Override
    public Uni<Boolean> works() {
        return Uni.createFrom().item(listener::isListening);
    }
}
