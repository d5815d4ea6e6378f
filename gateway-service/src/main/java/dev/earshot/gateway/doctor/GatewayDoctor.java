package dev.earshot.gateway.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Doctor;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import dev.earshot.doctor.store.StoreCheck;
import dev.earshot.doctor.topics.Needed;
import dev.earshot.doctor.topics.TopicsCheck;
import dev.earshot.gateway.access.AccessAuditConfig;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code java -cp … dev.earshot.gateway.doctor.GatewayDoctor}. */
public final class GatewayDoctor {
    private static final String SERVICE = "gateway";

    private GatewayDoctor() {}

    public static void main(String[] arguments) {
        Doctor.main(SERVICE, GatewayDoctor::checks, arguments);
    }

    /** For who has the class path at hand: the same, inside of the caller's process. */
    public static int run(Map<String, String> environment, PrintStream out, String... arguments) {
        return Doctor.run(SERVICE, GatewayDoctor::checks, environment, out, arguments);
    }

    private static List<Check> checks(Settings settings, Wanted wanted) {
        List<Check> checks = new ArrayList<>(List.of(
                OwnConfiguration.check(settings),
                StoreCheck.reads(settings, wanted),
                new Check(
                        "topics",
                        List.of(),
                        () -> topics(settings, wanted).look().findings()),
                DatabaseCheck.migrated(settings, wanted),
                DatabaseCheck.heard(settings, wanted),
                ProviderCheck.of(settings, wanted)));
        // Before a gateway has started nobody answers there, and its pod may not call itself by way of the world.
        if (!wanted.init()) {
            checks.add(WebhookCheck.of(settings, wanted));
        }
        return checks;
    }

    private static Check topics(Settings settings, Wanted wanted) {
        return TopicsCheck.of(
                settings,
                wanted,
                Needed.byGateway(settings.of(AccessAuditConfig.class).enabled()));
    }
}
