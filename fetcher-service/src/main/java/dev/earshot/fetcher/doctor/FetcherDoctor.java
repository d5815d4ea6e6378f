package dev.earshot.fetcher.doctor;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Doctor;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import dev.earshot.doctor.store.StoreCheck;
import dev.earshot.doctor.topics.Needed;
import dev.earshot.doctor.topics.TopicsCheck;
import dev.earshot.fetcher.store.StoreConfig;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code java -cp … dev.earshot.fetcher.doctor.FetcherDoctor}. */
public final class FetcherDoctor {
    private static final String SERVICE = "fetcher";

    private FetcherDoctor() {}

    public static void main(String[] arguments) {
        Doctor.main(SERVICE, FetcherDoctor::checks, arguments);
    }

    /** For who has the class path at hand: the same, inside of the caller's process. */
    public static int run(Map<String, String> environment, PrintStream out, String... arguments) {
        return Doctor.run(SERVICE, FetcherDoctor::checks, environment, out, arguments);
    }

    private static List<Check> checks(Settings settings, Wanted wanted) {
        List<Check> checks = new ArrayList<>(List.of(
                OwnConfiguration.check(settings),
                new Check(
                        "store", List.of(), () -> store(settings, wanted).look().findings()),
                TopicsCheck.of(settings, wanted, Needed.byFetcher())));
        checks.addAll(TwilioChecks.of(settings, wanted));
        return checks;
    }

    private static Check store(Settings settings, Wanted wanted) {
        boolean checksums = settings.of(StoreConfig.class).checksums() == StoreConfig.Checksums.WHEN_SUPPORTED;
        return StoreCheck.writes(settings, wanted, checksums);
    }
}
