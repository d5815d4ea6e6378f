package dev.earshot.doctor.store;

import dev.earshot.doctor.Check;
import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Settings;
import dev.earshot.doctor.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the fetcher writes what the gateway reads. */
public final class StoreCheck {
    private static final List<String> KEYS = List.of(Place.ENDPOINT, Place.BUCKET);
    private static final Duration TOGETHER = Duration.ofMinutes(5);
    private static final String FOLDER = "_doctor/";
    /** Deleting what is not there needs the same right, and does nothing. */
    private static final String NOTHING = FOLDER + "nothing";

    private StoreCheck() {}

    /**
     * For the fetcher: writes the probe, reads it back, and looks for uploads that were left.
     *
     * @param checksums whether its uploads carry the SDK's own checksums
     */
    public static Check writes(Settings settings, Wanted wanted, boolean checksums) {
        return new Check(StoreJudgement.CHECK, KEYS, () -> {
            Place place = Place.of(settings);
            try (Bucket bucket = Bucket.open(settings, place.bucket(), checksums, wanted.patience())) {
                return written(bucket, place, Probe.now(wanted.probe()));
            }
        });
    }

    /** For the gateway: reads the probe, lists and deletes. */
    public static Check reads(Settings settings, Wanted wanted) {
        return new Check(StoreJudgement.CHECK, KEYS, () -> {
            Place place = Place.of(settings);
            try (Bucket bucket = Bucket.open(settings, place.bucket(), false, wanted.patience())) {
                return read(bucket, place, wanted.probe());
            }
        });
    }

    private static List<Finding> written(Bucket bucket, Place place, Probe probe) throws InterruptedException {
        StoreJudgement judgement = new StoreJudgement(place);
        Answer put = bucket.write(Probe.KEY, probe.content());
        if (!(put instanceof Answer.Done)) {
            return List.of(judgement.of("write", put));
        }
        Answer back = bucket.read(Probe.KEY);
        if (!(back instanceof Answer.Done(byte[] content))) {
            return List.of(judgement.of("read back", back));
        }
        if (!proves(content, probe)) {
            return List.of(judgement.of("read back", new Answer.Absent()));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(StoreJudgement.CHECK, "writes and reads back in " + place));
        rights(findings, judgement, "list unfinished uploads", bucket.listUploads(FOLDER));
        return findings;
    }

    /** Pods that start together write it in turn, by clocks that differ: another's of the last minutes proves as much. */
    static boolean proves(byte[] found, Probe written) {
        return Probe.of(found)
                .filter(other -> other.writtenAt().isAfter(written.writtenAt().minus(TOGETHER)))
                .isPresent();
    }

    private static List<Finding> read(Bucket bucket, Place place, Optional<String> nonce) throws InterruptedException {
        StoreJudgement judgement = new StoreJudgement(place);
        Answer got = bucket.read(Probe.KEY);
        if (!(got instanceof Answer.Done) && !(got instanceof Answer.Absent)) {
            return List.of(judgement.of("read", got));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(ProbeJudgement.of(
                place, got instanceof Answer.Done(byte[] content) ? Probe.of(content) : Optional.empty(), nonce));
        rights(findings, judgement, "list", bucket.list(FOLDER));
        rights(findings, judgement, "delete", bucket.delete(NOTHING));
        return findings;
    }

    /** Done, and nothing to tell; a store without such a call has nothing to forbid. */
    private static void rights(List<Finding> findings, StoreJudgement judgement, String verb, Answer answer) {
        boolean unknown =
                answer instanceof Answer.Refused refused && (refused.status() == 405 || refused.status() == 501)
                        || answer instanceof Answer.Absent;
        if (!(answer instanceof Answer.Done) && !unknown) {
            findings.add(judgement.of(verb, answer));
        }
    }
}
