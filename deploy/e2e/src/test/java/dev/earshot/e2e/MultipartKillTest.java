package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.within;
import static dev.earshot.e2e.support.Halts.about;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Bucket;
import dev.earshot.e2e.support.Halts;
import dev.earshot.e2e.support.Listener;
import dev.earshot.e2e.support.Mended;
import dev.earshot.e2e.support.Oracle;
import dev.earshot.e2e.support.PrefixWatch;
import dev.earshot.e2e.support.Simulator;
import dev.earshot.e2e.support.Simulator.Recorded;
import dev.earshot.e2e.support.Stack;
import dev.earshot.e2e.support.Start;
import dev.earshot.e2e.support.Unasked;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fetcher dies while audio goes up in parts, and what it left is aborted, but nobody else's work. */
@Tag("long")
@Isolated("kills services for everybody")
@ExtendWith({Oracle.class, Mended.class})
class MultipartKillTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    /** 12 MB of mp3: three parts of at most 5 MB. */
    private static final int CALL_SECONDS = 3_000;

    private final Listener listener = Listener.of("acme");

    /** Between two lines of an upload in parts, and what lies in the store then. */
    enum Place {
        BETWEEN_TWO_PARTS("S3MultipartUpload", "part", "$4 == 2 AND ", 1, 0, 2),
        AFTER_THE_LAST_PART("S3MultipartUpload", "complete", "", 3, 0, 2),
        AFTER_COMPLETION_BEFORE_CONFIRM("S3ObjectStore", "confirmUpload", "", 0, 1, 1);

        private final String type;
        private final String method;
        private final String condition;
        private final int parts;
        private final int objects;
        private final int downloads;

        Place(String type, String method, String condition, int parts, int objects, int downloads) {
            this.type = type;
            this.method = method;
            this.condition = condition;
            this.parts = parts;
            this.objects = objects;
            this.downloads = downloads;
        }

        Start halt(Recorded recorded) {
            return Halts.when(
                    "dev.earshot.fetcher.store." + type,
                    method,
                    "AT ENTRY",
                    condition + about(recorded.recordingSid()));
        }
    }

    @AfterEach
    void uploadAsBefore() {
        if (Stack.running().isRunning("fetcher")) {
            Stack.running().service("fetcher", "restart");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_upload_in_parts_that_dies_is_never_seen_and_is_aborted_when_it_is_stale(Place place) {
        Recorded recorded = Simulator.record("acme", Simulator.options().put("seconds", CALL_SECONDS));
        String key = "acme/" + recorded.recordingSid() + "/1/audio";
        Stack.running().restart("fetcher", inParts(place.halt(recorded)));
        try (PrefixWatch watch = PrefixWatch.of(recorded)) {
            boolean promised = Unasked.click(listener, recorded);
            Stack.running().awaitEnd("fetcher");
            int parts = Bucket.local().uploadedParts(key);
            int objects = Bucket.local().audioSizes(key).size();
            Stack.running().start("fetcher", inParts(soonStale()));

            assertThat(promised).isTrue();
            assertThat(parts).isEqualTo(place.parts);
            assertThat(objects).isEqualTo(place.objects);
            Unasked.becomesReady(recorded);
            assertThat(Simulator.downloads(recorded)).isEqualTo(place.downloads);
            assertThat(watch.sizes()).containsExactly(recorded.sizeBytes());
            within(
                    A_MINUTE,
                    () -> assertThat(Bucket.local().unfinishedUploads()).isEmpty());
        }
    }

    @Test
    void neither_a_young_upload_nor_one_that_is_none_of_ours_is_aborted() {
        String recording = "acme/RE" + UUID.randomUUID().toString().replace("-", "");
        String foreign = "backups/" + UUID.randomUUID() + ".tar";
        String foreignId = Bucket.local().beginUpload(foreign);
        Bucket.local().beginUpload(recording + "/1/audio");

        Stack.running().restart("fetcher", soonStale());
        String youngId = Bucket.local().beginUpload(recording + "/2/audio");
        within(A_MINUTE, () -> assertThat(Bucket.local().unfinishedUploads()).doesNotContain(recording + "/1/audio"));
        var left = Bucket.local().unfinishedUploads();
        Bucket.local().abortUpload(foreign, foreignId);
        Bucket.local().abortUpload(recording + "/2/audio", youngId);

        assertThat(left).containsExactlyInAnyOrder(foreign, recording + "/2/audio");
    }

    private static Start inParts(Start start) {
        return start.with("earshot.store.multipart-threshold", "5M").with("earshot.store.part-size", "5M");
    }

    /** An upload is stale at twice the total time-out. */
    private static Start soonStale() {
        return Start.normally()
                .with("earshot.fetch.total-timeout", "10s")
                .with("earshot.store.stale-uploads-every", "1s");
    }
}
