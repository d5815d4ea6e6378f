package dev.earshot.gateway.health;

import io.smallrye.mutiny.Uni;

/** Something shared that this service needs; each adapter that knows one offers a bean. */
public interface Dependency {
    /** Its name in the health body and in metrics, for example {@code database}. */
    String name();

    /** Whether it works: a fresh look that blocks no event loop. A failure or no answer within a second means no. */
    Uni<Boolean> works();
}
