package dev.earshot.local.relay;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The stack's relays by name. */
public final class Relays {
    private final Vertx vertx;
    private final Map<String, Relay> byName = new ConcurrentHashMap<>();

    public Relays(Vertx vertx) {
        this.vertx = vertx;
    }

    public Future<Void> add(String name, int port, int target) {
        Relay relay = new Relay(name, port, target);
        return vertx.deployVerticle(relay)
                .onSuccess(id -> byName.put(name, relay))
                .mapEmpty();
    }

    public Optional<Relay> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Future<List<Relay.Status>> statuses() {
        List<Future<Relay.Status>> all =
                new TreeMap<>(byName).values().stream().map(Relay::status).toList();
        return Future.all(all).map(done -> all.stream().map(Future::result).toList());
    }
}
