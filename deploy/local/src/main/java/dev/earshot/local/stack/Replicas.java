package dev.earshot.local.stack;

import dev.earshot.local.home.StackFailure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The gateways and fetchers of a stack. One gateway has the port that listeners use; of several none has it, since it is the load
 * balancer's.
 */
record Replicas(List<Replica> gateways, List<Replica> fetchers) {
    static Replicas choose(int count, Ports ports) throws StackFailure {
        Iterator<Integer> unused = Ports.unused(3 * count).iterator();
        List<Replica> gateways = new ArrayList<>();
        List<Replica> fetchers = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            boolean first = number == 1;
            gateways.add(new Replica(
                    "gateway",
                    name("gateway", number),
                    count == 1 ? ports.of(PortName.GATEWAY) : unused.next(),
                    first ? ports.of(PortName.GATEWAY_MANAGEMENT) : unused.next()));
            fetchers.add(new Replica(
                    "fetcher",
                    name("fetcher", number),
                    0,
                    first ? ports.of(PortName.FETCHER_MANAGEMENT) : unused.next()));
        }
        return new Replicas(List.copyOf(gateways), List.copyOf(fetchers));
    }

    Stream<Replica> all() {
        return Stream.concat(gateways.stream(), fetchers.stream());
    }

    /** The names of as many as there can be: an earlier stack may have had more than this one. */
    static List<String> allNames() {
        return IntStream.rangeClosed(1, StackOptions.MOST_REPLICAS)
                .boxed()
                .flatMap(number -> Stream.of(name("gateway", number), name("fetcher", number)))
                .toList();
    }

    private static String name(String service, int number) {
        return number == 1 ? service : service + "-" + number;
    }
}
