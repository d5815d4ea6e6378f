package dev.earshot.doctor;

import java.util.List;

/**
 * One thing to look at, which may block.
 *
 * @param name short, for the report
 * @param keys what to change if it does not answer at all
 */
public record Check(String name, List<String> keys, Look look) {
    public Check {
        keys = List.copyOf(keys);
    }

    /** The looking. */
    @FunctionalInterface
    public interface Look {
        /**
         * @return at least one finding
         * @throws Misconfigured if there is nothing to look with
         * @throws Exception what nobody expected, whose message is not shown: a library's may quote a secret
         */
        List<Finding> findings() throws Exception;
    }
}
