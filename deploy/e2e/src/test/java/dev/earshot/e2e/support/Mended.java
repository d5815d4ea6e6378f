package dev.earshot.e2e.support;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Heals each relay, continues what a test left frozen and starts what it left dead: to be named after {@link Oracle}, which then looks last. */
public final class Mended implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        for (String relay : new String[] {"postgres", "kafka", "s3", "twilio"}) {
            Stack.running().relay(relay, "heal");
        }
        allServices();
    }

    /** Each replica runs. */
    public static void allServices() {
        for (String kind : new String[] {"gateway", "fetcher"}) {
            Stack.running().replicas(kind).forEach(Mended::revive);
        }
    }

    /** A signal to continue changes nothing for whoever runs; it comes first, as a frozen service does not say that it runs. */
    private static void revive(String service) {
        if (RunningService.find(service).isPresent()) {
            Stack.running().service(service, "continue");
        } else {
            Stack.running().service(service, "start");
        }
    }
}
