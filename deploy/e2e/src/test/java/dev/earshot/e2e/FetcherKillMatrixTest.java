package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static dev.earshot.e2e.support.Eventually.within;
import static dev.earshot.e2e.support.Halts.about;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Events;
import dev.earshot.e2e.support.Halts;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.OneEffect;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.PrefixWatch;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Unasked;
import dev.earshot.events.RecordingReady;
import dev.earshot.events.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each place at which the fetcher may die, with audio that goes up in one request; in parts: {@link MultipartKillTest}. */
@Tag("long")
@Isolated("kills services for everybody")
@ExtendWith({Oracle.class, Mended.class})
class FetcherKillMatrixTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    /** 40 MB of mp3, which the relay makes take seconds. */
    private static final int LONG_CALL_SECONDS = 10_000;
    /** Well inside of them. */
    private static final long PART_OF_IT_BYTES = 5_000_000;

    private final Listener listener = Listener.of("acme");

    /** Between two lines of a fetch, and what everybody sees then. */
    enum Place {
        AFTER_DOWNLOAD_BEFORE_PUT("store.S3Upload", "put", 0, 2, 1),
        AFTER_PUT_BEFORE_CONFIRM("store.S3ObjectStore", "confirmUpload", 1, 1, 1),
        AFTER_CONFIRM_BEFORE_ANNOUNCE("outcome.Announcer", "announce", 1, 1, 1),
        AFTER_ANNOUNCE_BEFORE_COMMIT("outcome.OutcomeLog", "finished", 1, 1, 2);

        private final String type;
        private final String method;
        private final int objects;
        private final int downloads;
        private final int announcements;

        Place(String type, String method, int objects, int downloads, int announcements) {
            this.type = type;
            this.method = method;
            this.objects = objects;
            this.downloads = downloads;
            this.announcements = announcements;
        }
    }

    @ParameterizedTest
    @EnumSource
    void wherever_the_fetcher_dies_the_audio_comes_and_what_was_stored_is_not_downloaded_again(Place place) {
        Recorded recorded = Simulator.call("acme");
        Stack.running()
                .restart(
                        "fetcher",
                        Halts.when(
                                "dev.earshot.fetcher." + place.type,
                                place.method,
                                "AT ENTRY",
                                about(recorded.recordingSid())));
        try (PrefixWatch watch = PrefixWatch.of(recorded)) {
            boolean promised = Unasked.click(listener, recorded);
            Stack.running().awaitEnd("fetcher");
            int objects = objects(recorded);
            Stack.running().service("fetcher", "start");

            assertThat(promised).isTrue();
            assertThat(objects).isEqualTo(place.objects);
            Unasked.becomesReady(recorded);
            within(A_MINUTE, () -> assertThat(outcomes(recorded)).hasSize(place.announcements));
            OneEffect.of(recorded);
            assertThat(Simulator.downloads(recorded)).isEqualTo(place.downloads);
            assertThat(watch.sizes()).containsExactly(recorded.sizeBytes());
        }
    }

    @Test
    void a_fetcher_that_is_killed_in_mid_download_leaves_nothing_and_its_next_life_downloads_again() {
        Recorded recorded = Simulator.record(
                "acme", Simulator.options().put("behaviour", "slow-body").put("behaviourSeconds", 4));
        try (PrefixWatch watch = PrefixWatch.of(recorded)) {
            boolean promised = Unasked.click(listener, recorded);
            eventually(() -> assertThat(Simulator.downloads(recorded)).isEqualTo(1));

            Stack.running().service("fetcher", "kill");
            int objects = objects(recorded);
            Stack.running().service("fetcher", "start");

            assertThat(promised).isTrue();
            assertThat(objects).isZero();
            Unasked.becomesReady(recorded);
            assertThat(Simulator.downloads(recorded)).isEqualTo(2);
            assertThat(watch.sizes()).containsExactly(recorded.sizeBytes());
        }
    }

    @Test
    void an_upload_that_is_killed_half_way_is_never_seen() {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("seconds", LONG_CALL_SECONDS));
        Stack.running().relay("s3", "delay?millis=30");
        long before = Stack.running().relayed("s3", "bytesToServer");
        try (PrefixWatch watch = PrefixWatch.of(recorded)) {
            boolean promised = Unasked.click(listener, recorded);
            eventually(() -> assertThat(Stack.running().relayed("s3", "bytesToServer") - before)
                    .isGreaterThan(PART_OF_IT_BYTES));

            Stack.running().service("fetcher", "kill");
            long sent = Stack.running().relayed("s3", "bytesToServer") - before;
            Stack.running().relay("s3", "heal");
            Stack.running().service("fetcher", "start");

            assertThat(promised).isTrue();
            assertThat(sent).isLessThan(recorded.sizeBytes());
            Unasked.becomesReady(recorded);
            assertThat(Simulator.downloads(recorded)).isEqualTo(2);
            assertThat(watch.sizes()).containsExactly(recorded.sizeBytes());
        }
    }

    private static int objects(Recorded recorded) {
        return Bucket.local()
                .audioSizes("acme/" + recorded.recordingSid() + "/")
                .size();
    }

    private static List<RecordingReady> outcomes(Recorded recorded) {
        return Events.seen().of(Topics.FETCH_OUTCOMES, recorded.recordingSid(), RecordingReady.class);
    }
}
