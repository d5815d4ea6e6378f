package dev.earshot.gateway.prefetch;

import dev.earshot.gateway.playback.Refusals;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.recording.Playability;
import dev.earshot.gateway.recording.Prefetches.Marked;
import dev.earshot.gateway.recording.Sid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of the SIDs of one request; a SID that came twice counts once.
 *
 * @param accepted are fetched now because of this request
 * @param underWay were being fetched already
 * @param ready need no fetch
 * @param refused cannot be fetched, in the order of the request
 */
public record PrefetchView(int accepted, int underWay, int ready, List<Refused> refused) {
    /**
     * One that is not fetched.
     *
     * @param sid as it was told
     * @param code as playing it would be answered; another tenant's is {@code recording-not-found}
     * @param retryable whether the same request may succeed later
     */
    public record Refused(String sid, String code, boolean retryable) {
        static Refused of(Sid sid, Problem problem) {
            return new Refused(
                    switch (sid) {
                        case Sid.OfRecording of -> of.sid().value();
                        case Sid.OfCall of -> of.sid().value();
                    },
                    problem.type().code(),
                    problem.type().retryable());
        }
    }

    static PrefetchView of(List<Marked> all) {
        int accepted = 0;
        int underWay = 0;
        int ready = 0;
        List<Refused> refused = new ArrayList<>();
        for (Marked marked : all) {
            Optional<Problem> refusal = Refusals.of(marked.found());
            if (refusal.isPresent()) {
                refused.add(Refused.of(marked.sid(), refusal.get()));
            } else if (marked.begun()) {
                accepted++;
            } else if (marked.found() instanceof Playability.Playable) {
                ready++;
            } else {
                underWay++;
            }
        }
        return new PrefetchView(accepted, underWay, ready, refused);
    }
}
