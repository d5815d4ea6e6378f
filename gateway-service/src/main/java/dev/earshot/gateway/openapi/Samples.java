package dev.earshot.gateway.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createExample;

import dev.earshot.gateway.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.examples.Example;

/** One example of each body, by the schema's name, and of each problem, by its code. No SID in them is anybody's. */
final class Samples {
    private static final String RE = "RE00000000000000000000000000000001";
    private static final String CA = "CA00000000000000000000000000000001";
    private static final String AC = "AC00000000000000000000000000000001";
    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String PATH = "/api/recordings/" + RE;
    private static final String AT = "2026-03-04T05:06:07Z";

    private Samples() {}

    static Map<String, Example> all() {
        Map<String, Example> all = new LinkedHashMap<>();
        bodies().forEach((name, value) -> all.put(name, createExample().value(value)));
        for (ProblemType type : ProblemType.values()) {
            all.put(type.code(), createExample().summary(type.title()).value(problem(type)));
        }
        return all;
    }

    private static Map<String, Object> bodies() {
        Map<String, Object> bodies = new LinkedHashMap<>();
        bodies.put("Recording", recording());
        bodies.put("RecordingPage", of("recordings", List.of(recording()), "next", "/api/recordings?cursor=AAAA"));
        bodies.put(
                "Preparing",
                of("status", "preparing", "recordingSid", RE, "state", "fetching", "attempt", 1, "links", links()));
        bodies.put(
                "RecordingData",
                of(
                                "recordingSid",
                                RE,
                                "callSid",
                                CA,
                                "contentType",
                                "audio/mpeg",
                                "fileName",
                                "2026-03-04T05-06-07.mp3")
                        .with("sizeBytes", 4, "sha256", SHA256, "data", "dGVzdA=="));
        bodies.put(
                "Peaks",
                of("version", 1, "durationMillis", 100, "bucketsPerSecond", 20)
                        .with("channels", List.of(of("peaks", "gIA="), of("peaks", "//8="))));
        bodies.put(
                "PlaybackTicket",
                of("url", "https://calls.example" + PATH + "/stream?ticket=abc", "expiresAt", "2026-03-04T05:21:07Z"));
        bodies.put(
                "Prefetched",
                of(
                        "accepted",
                        3,
                        "underWay",
                        1,
                        "ready",
                        1,
                        "refused",
                        List.of(of("sid", RE, "code", "recording-not-found", "retryable", false))));
        bodies.put(
                "Backfill",
                of("id", "7c1f2f5e-3f0b-4a0e-9a55-0d5b2f5d9c11", "accountSid", AC)
                        .with("from", "2026-03-01T00:00:00Z", "to", AT, "state", "listing", "attempt", 1, "pages", 2)
                        .with(
                                "seen",
                                100,
                                "registered",
                                40,
                                "known",
                                60,
                                "unassigned",
                                0,
                                "createdAt",
                                AT,
                                "changedAt",
                                AT));
        bodies.put("Failures", of("total", 12, "reasons", List.of(failures())));
        bodies.putAll(operators());
        bodies.put("Redriven", of("matched", 12, "redriven", 12, "dryRun", false, "limit", 1000));
        bodies.put(
                "Storage",
                of("recordings", 1, "bytes", 480_044)
                        .with(
                                "states",
                                of(
                                        "registered",
                                        3,
                                        "fetching",
                                        0,
                                        "waiting",
                                        1,
                                        "ready",
                                        1,
                                        "failed",
                                        12,
                                        "evicted",
                                        0))
                        .with("days", List.of(of("date", "2026-03-04", "recordings", 1, "bytes", 480_044))));
        bodies.put("RedriveWanted", of("reason", "upstream-error", "limit", 1000, "dryRun", true));
        bodies.put(
                "Registration",
                of("accountSid", AC, "callSid", CA, "startedAt", AT, "durationSeconds", 60, "channels", 2));
        bodies.put("PrefetchOne", of("anyAge", true));
        bodies.put("PrefetchMany", of("sids", List.of(RE, CA)));
        bodies.put("BackfillWanted", of("accountSid", AC, "from", "2026-03-01T00:00:00Z", "to", AT));
        bodies.put("ReconcileWanted", of("fix", false, "tenant", "acme"));
        bodies.put(
                "RecordingStatus",
                of("AccountSid", AC, "CallSid", CA, "RecordingSid", RE)
                        .with("RecordingStatus", "completed", "RecordingDuration", "60", "RecordingChannels", "2"));
        bodies.put(
                "RecordingEvents",
                "id: " + RE + ":1:1:deleted\nevent: recording\ndata: {\"recordingSid\":\"" + RE
                        + "\",\"state\":\"deleted\",\"links\":{\"self\":\"" + PATH + "\",\"stream\":\"" + PATH
                        + "/stream\",\"download\":\"" + PATH + "/download\"}}\n\n");
        bodies.put(
                "ReconcileLines",
                "{\"type\":\"started\",\"fix\":false}\n{\"type\":\"summary\",\"objects\":1,\"rows\":1,"
                        + "\"listingMarks\":0,\"foreignObjects\":0,\"findings\":0,\"flaws\":{},\"actions\":{},\"seconds\":1}\n");
        return bodies;
    }

    private static Members failures() {
        return of("reason", "upstream-error", "count", 12, "final", false, "retrying", 1)
                .with("oldest", AT, "newest", AT)
                .with("examples", List.of(of("tenant", "acme", "recordingSid", RE, "changedAt", AT)));
    }

    private static Map<String, Object> operators() {
        Map<String, Object> bodies = new LinkedHashMap<>();
        bodies.put("RecordingStatuses", of("recordings", List.of(known())));
        bodies.put(
                "PrefetchRangeWanted",
                of("tenant", "acme", "from", "2026-03-01T00:00:00Z", "to", AT, "limit", 1000, "dryRun", true));
        bodies.put(
                "PrefetchedRange", of("tenant", "acme", "matched", 120, "accepted", 0, "dryRun", true, "limit", 1000));
        bodies.put("PurgeWanted", of("tenant", "acme", "confirm", "acme", "limit", 1000));
        bodies.put(
                "Purged",
                of("tenant", "acme", "deleted", 1000, "remaining", 234, "pending", 1800)
                        .with("dryRun", false, "limit", 1000));
        bodies.put("DeadLetters", of("total", 1, "complete", true, "letters", List.of(letter())));
        bodies.put("ReplayWanted", of("topic", "earshot.fetch-outcomes.v1", "partition", 0, "offset", 17));
        bodies.put(
                "Replayed",
                of("matched", 1, "replayed", 1, "known", 0, "cut", 0, "refused", 0)
                        .with("complete", true, "dryRun", false));
        return bodies;
    }

    private static Members known() {
        return of("tenant", "acme", "recordingSid", RE, "callSid", CA, "accountSid", AC, "state", "waiting")
                .with("generation", 1, "attempt", 2, "lane", "interactive", "priority", 0, "format", "mp3")
                .with("failures", 2, "countedAttempts", 2, "final", false, "reason", "upstream-error")
                .with("twilioCode", 20_500, "times", of("createdAt", AT, "changedAt", AT, "fetchDueAt", AT))
                .with(
                        "history",
                        List.of(of("at", AT, "state", "fetching", "generation", 1, "attempt", 2)
                                .with("lane", "interactive")));
    }

    private static Members letter() {
        return of("topic", "earshot.fetch-outcomes.v1", "partition", 0, "offset", 17, "writtenAt", AT)
                .with("why", "the recording is unknown", "camePartition", "0", "cameOffset", "4711")
                .with("key", "acme:" + RE, "sizeBytes", 412, "cut", false, "excerpt", "{\"tenant\":\"acme\"")
                .with("headers", List.of(of("name", "ce_type", "value", "dev.earshot.recording.ready.v1")));
    }

    private static Members recording() {
        return of("recordingSid", RE, "callSid", CA, "accountSid", AC, "state", "ready", "attempt", 1)
                .with("startedAt", AT, "durationSeconds", 60, "durationMillis", 60_004, "channels", 2)
                .with("sizeBytes", 480_044, "sha256", SHA256, "contentType", "audio/mpeg", "readyAt", AT)
                .with("links", links().with("peaks", PATH + "/peaks"));
    }

    private static Members links() {
        return of("self", PATH, "stream", PATH + "/stream", "download", PATH + "/download");
    }

    private static Members problem(ProblemType type) {
        Members members = of("status", type.status(), "title", type.title(), "code", type.code())
                .with("retryable", type.retryable());
        return switch (type) {
            case INVALID_REQUEST -> members.with("detail", "channels must be 1 or 2");
            case FETCH_FAILED -> members.with("reason", "upstream-error");
            case RECORDING_UNPLAYABLE -> members.with("reason", "not-audio");
            case REGISTRATION_CONFLICT -> members.with("detail", "another callSid", "field", "callSid");
            case RECORDING_TOO_LARGE ->
                members.with("sizeBytes", 9_000_000, "maxBytes", 8_388_608, "download", PATH + "/download");
            default -> members;
        };
    }

    private static Members of(Object... namesAndValues) {
        return new Members().with(namesAndValues);
    }

    /** A JSON object whose members keep their order. */
    private static final class Members extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        Members with(Object... namesAndValues) {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
            return this;
        }
    }
}
