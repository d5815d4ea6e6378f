package dev.earshot.gateway.administration;

import dev.earshot.gateway.recording.Administration;
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
     * @param examples some of the newest, as many as were asked for
     */
    public record Group(
            String reason,
            long count,

            @com.fasterxml.jackson.annotation.JsonProperty("final")
            boolean isFinal,

            long retrying,
            String oldest,
            String newest,
            List<Example> examples) {}

    /** One that has failed so, and when. */
    public record Example(String tenant, String recordingSid, String changedAt) {
        static Example of(Administration.Example example) {
            return new Example(
                    example.key().tenant().value(),
                    example.key().recordingSid().value(),
                    example.since().toString());
        }
    }

    static FailuresView of(List<Failures> found, List<Administration.Example> examples) {
        return new FailuresView(
                found.stream().mapToLong(Failures::count).sum(),
                found.stream().map(each -> group(each, examples)).toList());
    }

    private static Group group(Failures of, List<Administration.Example> examples) {
        return new Group(
                of.reason().code(),
                of.count(),
                of.isFinal(),
                of.retrying(),
                of.oldest().toString(),
                of.newest().toString(),
                examples.stream()
                        .filter(each -> each.reason() == of.reason() && each.isFinal() == of.isFinal())
                        .map(Example::of)
                        .toList());
    }
}
