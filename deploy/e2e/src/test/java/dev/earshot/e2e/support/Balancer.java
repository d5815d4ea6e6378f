package dev.earshot.e2e.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;

/** What HAProxy says of the gateways behind it, on its own page. */
public final class Balancer {
    private static final int SESSIONS_TOTAL = 7;
    private static final int STATUS = 17;

    private Balancer() {}

    /** Whether it gives new requests to the gateway. */
    public static boolean uses(String gateway) {
        return row(gateway).get(STATUS).startsWith("UP");
    }

    /** How many requests it has given to the gateway. */
    public static long given(String gateway) {
        return Long.parseLong(row(gateway).get(SESSIONS_TOTAL));
    }

    private static List<String> row(String gateway) {
        return Http.send(HttpRequest.newBuilder(URI.create(Stack.running().at("/balancerUrl") + ";csv"))
                        .build())
                .body()
                .lines()
                .map(line -> Arrays.asList(line.split(",", -1)))
                .filter(columns -> columns.size() > STATUS && columns.get(1).equals(gateway))
                .findFirst()
                .orElseThrow(() -> new AssertionError("HAProxy does not know " + gateway));
    }
}
