package dev.earshot.gateway.reconcile;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What was found so far. One reconcile's own; its steps follow one another. */
final class Tally {
    private final Map<String, Long> flaws = new TreeMap<>();
    private final Map<String, Long> actions = new TreeMap<>();
    private long findings;

    void add(Finding finding) {
        findings++;
        flaws.merge(finding.flaw().code(), 1L, Long::sum);
        actions.merge(finding.action().code(), 1L, Long::sum);
    }

    long findings() {
        return findings;
    }

    Map<String, Long> flaws() {
        return Collections.unmodifiableMap(flaws);
    }

    Map<String, Long> actions() {
        return Collections.unmodifiableMap(actions);
    }
}
