package dev.earshot.e2e.support;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Heals each relay and starts what a test left dead: to be named after {@link Oracle}, which then looks last. */
public final class Mended implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        for (String relay : new String[] {"postgres", "kafka", "s3", "twilio"}) {
            Stack.running().relay(relay, "heal");
        }
        for (String service : new String[] {"gateway", "fetcher"}) {
            if (!Stack.running().isRunning(service)) {
                Stack.running().service(service, "start");
            }
        }
    }
}
