package dev.earshot.local.simulator;

import dev.earshot.local.simulator.SimulatedRecording.Counters;
import dev.earshot.local.simulator.SimulatedRecording.Facts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;

/** What the control API tells about a recording. */
final class RecordingReport {
    /** Hashing so much takes about a second; more is hashed only when asked for. */
    private static final long HASHED_UNASKED_BYTES = 256L << 20;

    private final Vertx vertx;
    private final Clock clock;

    RecordingReport(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    Future<JsonObject> created(SimulatedRecording recording) {
        boolean quick = recording.reportedAudio().sizeBytes() <= HASHED_UNASKED_BYTES;
        return hashed(recording, quick).map(RecordingReport::facts);
    }

    Future<JsonObject> full(SimulatedRecording recording, boolean hash) {
        return hashed(recording, hash).map(known -> facts(known).mergeIn(counters(known)));
    }

    private Future<SimulatedRecording> hashed(SimulatedRecording recording, boolean hash) {
        if (!hash || recording.knownSha256() != null) {
            return Future.succeededFuture(recording);
        }
        return vertx.executeBlocking(recording::sha256, false).map(done -> recording);
    }

    private static JsonObject facts(SimulatedRecording recording) {
        Facts facts = recording.facts();
        return new JsonObject()
                .put("callSid", facts.callSid())
                .put("recordingSid", facts.recordingSid())
                .put("accountSid", facts.accountSid())
                .put("tenant", facts.tenant())
                .put("sha256", recording.knownSha256())
                .put("sizeBytes", recording.reportedAudio().sizeBytes())
                .put("contentType", recording.reportedAudio().contentType())
                .put("durationSeconds", facts.durationSeconds())
                .put("channels", facts.channels())
                .put("startedAt", facts.startedAt().toString())
                .put("sample", facts.sample().name())
                .put("behaviour", recording.rule().behaviour().text());
    }

    private JsonObject counters(SimulatedRecording recording) {
        Counters counters = recording.counters();
        return new JsonObject()
                .put("status", recording.status(clock.instant()).text())
                .put("mediaRequests", counters.mediaRequests.get())
                .put("mediaCompleted", counters.mediaCompleted.get())
                .put("mediaAborted", counters.mediaAborted.get())
                .put("metadataRequests", counters.metadataRequests.get())
                .put("redirectsFollowed", counters.redirectsFollowed.get())
                .put("foreignRedirectsFollowed", counters.foreignRedirectsFollowed.get())
                .put("authorizationSeenAfterRedirect", counters.authorizationSeenAfterRedirect.get())
                .put("webhooksSent", counters.webhooksSent.get());
    }
}
