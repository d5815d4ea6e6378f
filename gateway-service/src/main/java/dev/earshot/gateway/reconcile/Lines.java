package dev.earshot.gateway.reconcile;

import dev.earshot.events.Tenant;
import dev.earshot.gateway.reconcile.MergeWalk.Counts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an operator reads: one JSON object a line, its {@code type} first. */
final class Lines {
    private Lines() {}

    static Map<String, Object> started(boolean fix, Optional<Tenant> tenant) {
        Map<String, Object> line = line("started");
        line.put("fix", fix);
        tenant.ifPresent(named -> line.put("tenant", named.value()));
        return line;
    }

    static Map<String, Object> finding(Finding finding) {
        Map<String, Object> line = line("finding");
        line.put("flaw", finding.flaw().code());
        line.put("tenant", finding.object().recording().tenant().value());
        line.put("recordingSid", finding.object().recording().recordingSid().value());
        line.put("generation", finding.object().generation());
        line.put("key", finding.object().text());
        finding.listed().ifPresent(object -> {
            line.put("sizeBytes", object.sizeBytes());
            line.put("lastModified", object.lastModified().toString());
        });
        line.put("action", finding.action().code());
        return line;
    }

    static Map<String, Object> progress(Counts counts, Tally tally, String at) {
        Map<String, Object> line = counted("progress", counts, tally);
        line.put("at", at);
        return line;
    }

    static Map<String, Object> summary(Counts counts, Tally tally, Duration took) {
        Map<String, Object> line = counted("summary", counts, tally);
        line.put("flaws", tally.flaws());
        line.put("actions", tally.actions());
        line.put("seconds", took.toSeconds());
        return line;
    }

    /** The last line of a reconcile that did not come to its end. */
    static Map<String, Object> failed(String code, String detail) {
        Map<String, Object> line = line("failed");
        line.put("code", code);
        line.put("detail", detail);
        return line;
    }

    private static Map<String, Object> counted(String type, Counts counts, Tally tally) {
        Map<String, Object> line = line(type);
        line.put("objects", counts.objects());
        line.put("rows", counts.rows());
        line.put("listingMarks", counts.marks());
        line.put("foreignObjects", counts.foreign());
        line.put("findings", tally.findings());
        return line;
    }

    private static Map<String, Object> line(String type) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        return line;
    }
}
