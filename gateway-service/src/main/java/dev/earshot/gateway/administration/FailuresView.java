package dev.earshot.gateway.administration;

import dev.earshot.gateway.recording.Administration.Failures;
import java.util.List;

/**
 * Failures by reason, as the API shows them.
 *
 * @param total how many recordings have failed
 * @param reasons most failed first; one that is final in some cases alone comes twice
 */
public record FailuresView(long total, List<Group> reasons) {
    /**
     * Those of one reason.
     *
     * @param count how many have failed
     * @param isFinal whether asking for them again starts nothing
     * @param retrying how many more are waiting for another try after it
     * @param oldest since when the first of them
     * @param newest since when the last one
     */
    public record Group(
            String reason,
            long count,

            @com.fasterxml.jackson.annotation.JsonProperty("final")
            boolean isFinal,

            long retrying,
            String oldest,
            String newest) {}

    static FailuresView of(List<Failures> found) {
        return new FailuresView(
                found.stream().mapToLong(Failures::count).sum(),
                found.stream()
                        .map(each -> new Group(
                                each.reason().code(),
                                each.count(),
                                each.isFinal(),
                                each.retrying(),
                                each.oldest().toString(),
                                each.newest().toString()))
                        .toList());
    }
}
