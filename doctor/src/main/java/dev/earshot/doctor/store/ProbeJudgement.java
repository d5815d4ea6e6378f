package dev.earshot.doctor.store;

import dev.earshot.doctor.Finding;
import java.util.Optional;

/** What the probe that the gateway found, or not, tells. Pure. */
final class ProbeJudgement {
    private static final String MAKE_ONE =
            "make both services name one bucket of one store: compare with where the fetcher's line says that it writes";

    private ProbeJudgement() {}

    /**
     * @param found what lies there
     * @param nonce of the fetcher that has just written; empty if nobody knows of one
     */
    static Finding of(Place place, Optional<Probe> found, Optional<String> nonce) {
        if (nonce.isEmpty()) {
            return found.map(probe -> Finding.ok(
                            StoreJudgement.CHECK,
                            "reads in " + place + " what a fetcher wrote at " + probe.writtenAt()))
                    .orElseGet(() -> Finding.warning(
                            StoreJudgement.CHECK,
                            "no fetcher has ever proven itself in " + place,
                            "nothing, if this is the first start: the fetcher may come later. Else " + MAKE_ONE,
                            Place.BUCKET,
                            Place.ENDPOINT));
        }
        if (found.map(Probe::nonce).equals(nonce)) {
            return Finding.ok(StoreJudgement.CHECK, "reads in " + place + " what the fetcher has just written");
        }
        return Finding.error(
                StoreJudgement.CHECK,
                "what the fetcher has just written is not in " + place
                        + found.map(probe -> ": there lies what another one wrote at " + probe.writtenAt())
                                .orElse(""),
                MAKE_ONE,
                Place.BUCKET,
                Place.ENDPOINT);
    }
}
