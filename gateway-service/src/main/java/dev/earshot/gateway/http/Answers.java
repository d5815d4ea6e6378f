package dev.earshot.gateway.http;

import jakarta.ws.rs.core.Response;

/** What is answered to administrators. */
public final class Answers {
    private Answers() {}

    /** For nobody else, and for this moment alone. */
    public static Response shown(Object view) {
        return Response.ok(view)
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization, Cookie")
                .build();
    }
}
