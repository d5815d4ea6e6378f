package dev.earshot.gateway.openapi;

import static dev.earshot.gateway.openapi.Described.Door.BEARER;
import static dev.earshot.gateway.openapi.Described.Door.BEARER_OR_TICKET;
import static dev.earshot.gateway.openapi.Described.Door.OPERATOR;
import static dev.earshot.gateway.openapi.Described.Door.SIGNATURE;
import static dev.earshot.gateway.problem.ProblemType.ACCOUNT_NOT_ALLOWED;
import static dev.earshot.gateway.problem.ProblemType.BAD_REQUEST;
import static dev.earshot.gateway.problem.ProblemType.BODY_TOO_LARGE;
import static dev.earshot.gateway.problem.ProblemType.DATABASE_UNAVAILABLE;
import static dev.earshot.gateway.problem.ProblemType.FETCH_FAILED;
import static dev.earshot.gateway.problem.ProblemType.FORBIDDEN;
import static dev.earshot.gateway.problem.ProblemType.FOREIGN_ORIGIN;
import static dev.earshot.gateway.problem.ProblemType.IDENTITY_PROVIDER_UNAVAILABLE;
import static dev.earshot.gateway.problem.ProblemType.INTERNAL_ERROR;
import static dev.earshot.gateway.problem.ProblemType.INVALID_REQUEST;
import static dev.earshot.gateway.problem.ProblemType.KAFKA_UNAVAILABLE;
import static dev.earshot.gateway.problem.ProblemType.MALFORMED_SID;
import static dev.earshot.gateway.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.earshot.gateway.problem.ProblemType.NOT_FOUND;
import static dev.earshot.gateway.problem.ProblemType.PEAKS_ABSENT;
import static dev.earshot.gateway.problem.ProblemType.PRECONDITION_FAILED;
import static dev.earshot.gateway.problem.ProblemType.RANGE_NOT_SATISFIABLE;
import static dev.earshot.gateway.problem.ProblemType.RATE_LIMITED;
import static dev.earshot.gateway.problem.ProblemType.RECONCILE_RUNNING;
import static dev.earshot.gateway.problem.ProblemType.RECORDING_ABSENT;
import static dev.earshot.gateway.problem.ProblemType.RECORDING_DELETED;
import static dev.earshot.gateway.problem.ProblemType.RECORDING_EXPIRED;
import static dev.earshot.gateway.problem.ProblemType.RECORDING_NOT_FOUND;
import static dev.earshot.gateway.problem.ProblemType.RECORDING_TOO_LARGE;
import static dev.earshot.gateway.problem.ProblemType.RECORDING_UNPLAYABLE;
import static dev.earshot.gateway.problem.ProblemType.REGISTRATION_CONFLICT;
import static dev.earshot.gateway.problem.ProblemType.REQUEST_TIMEOUT;
import static dev.earshot.gateway.problem.ProblemType.ROLE_MISSING;
import static dev.earshot.gateway.problem.ProblemType.SOURCE_DELETED;
import static dev.earshot.gateway.problem.ProblemType.STORE_UNAVAILABLE;
import static dev.earshot.gateway.problem.ProblemType.TENANT_MISSING;
import static dev.earshot.gateway.problem.ProblemType.TICKET_EXPIRED;
import static dev.earshot.gateway.problem.ProblemType.TICKET_INVALID;
import static dev.earshot.gateway.problem.ProblemType.TOO_MANY_STREAMS;
import static dev.earshot.gateway.problem.ProblemType.TOO_MANY_SUBSCRIBERS;
import static dev.earshot.gateway.problem.ProblemType.UNAUTHENTICATED;
import static dev.earshot.gateway.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static dev.earshot.gateway.problem.ProblemType.WEBHOOK_REFUSED;

import dev.earshot.gateway.openapi.Described.Answer;
import dev.earshot.gateway.openapi.Described.Body;
import dev.earshot.gateway.openapi.Described.Door;
import dev.earshot.gateway.problem.ProblemType;
import java.util.List;
import java.util.stream.Stream;

/** The table: every operation with everything that it may answer. Whoever adds a route adds its row. */
final class Operations {
    private static final String RECORDING = "/api/recordings/{sid}";
    private static final String[] AUDIO = {"audio/mpeg", "audio/wav", "audio/x-wav", "audio/vnd.wave"};
    private static final List<String> JSON = List.of("application/json");

    private Operations() {}

    /** Each GET comes with its HEAD. */
    static List<Described> all() {
        return Stream.of(audio(), recordings(), fetching(), administration(), operation(), webhooks())
                .flatMap(List::stream)
                .flatMap(row -> row.method().equals("GET") ? Stream.of(row, row.head()) : Stream.of(row))
                .toList();
    }

    private static List<Described> audio() {
        return List.of(
                sound("stream", "streamRecording"),
                sound("download", "downloadRecording"),
                playing(of("GET", RECORDING + "/data", "getRecordingData", BEARER))
                        .takes("sid", "Prefer")
                        .answers(Answer.json(200, "RecordingData", "The audio as Base64")
                                .with("Content-Length", "Vary")
                                .maybe("Content-Location", "Preference-Applied"))
                        .problems(RECORDING_TOO_LARGE),
                of("GET", RECORDING + "/peaks", "getRecordingPeaks", BEARER)
                        .takes("sid", "If-None-Match")
                        .answers(
                                Answer.json(200, "Peaks", "The waveform")
                                        .with("ETag", "Vary")
                                        .maybe("Content-Location"),
                                Answer.bare(304, "What you have is still the same")
                                        .with("ETag", "Vary")
                                        .maybe("Content-Location"))
                        .problems(MALFORMED_SID, RECORDING_NOT_FOUND, PEAKS_ABSENT, RECORDING_DELETED)
                        .problems(STORE_UNAVAILABLE, NOT_ACCEPTABLE),
                of("POST", RECORDING + "/playback-ticket", "issuePlaybackTicket", BEARER)
                        .takes("sid")
                        .answers(Answer.json(201, "PlaybackTicket", "A URL that plays until it expires"))
                        .problems(MALFORMED_SID, RECORDING_NOT_FOUND, RECORDING_DELETED, NOT_ACCEPTABLE));
    }

    private static Described sound(String segment, String id) {
        return playing(of("GET", RECORDING + "/" + segment, id, BEARER_OR_TICKET))
                .takes("sid", "Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")
                .takes("If-Range", "Prefer")
                .answers(
                        content(Answer.typed(200, "Audio", "The audio", AUDIO)),
                        content(Answer.typed(206, "Audio", "The part, or the parts, that Range asks for", PARTS))
                                .maybe("Content-Range"),
                        Answer.bare(302, "In redirect delivery: where the audio is, for a short time")
                                .with("Location", "Vary")
                                .maybe("Content-Location", "Preference-Applied"),
                        Answer.bare(304, "What you have is still the same")
                                .with("ETag", "Last-Modified", "Vary")
                                .maybe("Content-Location", "Preference-Applied"))
                .problems(PRECONDITION_FAILED, RANGE_NOT_SATISFIABLE);
    }

    private static final String[] PARTS =
            Stream.concat(Stream.of(AUDIO), Stream.of("multipart/byteranges")).toArray(String[]::new);

    private static Answer content(Answer answer) {
        return answer.with("Accept-Ranges", "Content-Disposition", "Content-Length", "ETag", "Last-Modified")
                .with("Repr-Digest", "Vary")
                .maybe("Content-Location", "Preference-Applied");
    }

    private static Described playing(Described row) {
        return row.answers(Answer.json(202, "Preparing", "It is being fetched; ask again after Retry-After")
                        .with("Retry-After", "Vary")
                        .maybe("Content-Location", "Preference-Applied"))
                .problems(unplayable())
                .problems(MALFORMED_SID, RECORDING_NOT_FOUND, STORE_UNAVAILABLE, TOO_MANY_STREAMS);
    }

    private static ProblemType[] unplayable() {
        return new ProblemType[] {
            RECORDING_ABSENT, RECORDING_DELETED, SOURCE_DELETED, RECORDING_EXPIRED, FETCH_FAILED, RECORDING_UNPLAYABLE
        };
    }

    private static List<Described> recordings() {
        return List.of(
                of("GET", "/api/recordings", "listRecordings", BEARER)
                        .takes("callSid", "state", "reason", "from", "to", "limit", "cursor")
                        .answers(Answer.json(200, "RecordingPage", "One page, newest first")
                                .with("Vary"))
                        .problems(INVALID_REQUEST, NOT_ACCEPTABLE),
                of("GET", "/api/recordings/events", "watchRecordings", BEARER)
                        .takes("sids")
                        .answers(Answer.typed(
                                        200,
                                        "RecordingEvents",
                                        "The events recording, refresh and reconnect",
                                        "text/event-stream")
                                .with("Vary"))
                        .problems(MALFORMED_SID, INVALID_REQUEST, TOO_MANY_SUBSCRIBERS),
                of("GET", RECORDING, "getRecording", BEARER)
                        .takes("sid")
                        .answers(Answer.json(200, "Recording", "What is known")
                                .with("Vary")
                                .maybe("Content-Location"))
                        .problems(MALFORMED_SID, RECORDING_NOT_FOUND, RECORDING_DELETED, NOT_ACCEPTABLE),
                receiving(of("PUT", RECORDING, "registerRecording", BEARER))
                        .takes("recordingSid")
                        .sends(new Body("Registration", true, JSON))
                        .answers(
                                Answer.json(
                                        200,
                                        "Recording",
                                        "It was known with the same facts, or missing ones were" + " added"),
                                Answer.json(201, "Recording", "It was unknown").with("Location"))
                        .problems(MALFORMED_SID, ACCOUNT_NOT_ALLOWED, REGISTRATION_CONFLICT, RECORDING_DELETED),
                of("DELETE", RECORDING, "deleteRecording", BEARER)
                        .takes("sid")
                        .answers(Answer.bare(204, "It is deleted, or was before")
                                .with("Vary")
                                .maybe("Content-Location"))
                        .problems(MALFORMED_SID, RECORDING_NOT_FOUND));
    }

    private static List<Described> fetching() {
        return List.of(
                receiving(of("POST", RECORDING + "/prefetch", "prefetchRecording", BEARER))
                        .takes("sid")
                        .sends(new Body("PrefetchOne", false, JSON))
                        .answers(Answer.json(202, "Recording", "It is there, or will be fetched")
                                .with("Vary")
                                .maybe("Content-Location"))
                        .problems(unplayable())
                        .problems(MALFORMED_SID, RECORDING_NOT_FOUND),
                receiving(of("POST", "/api/prefetch", "prefetchRecordings", BEARER))
                        .sends(new Body("PrefetchMany", true, JSON))
                        .answers(Answer.json(202, "Prefetched", "What became of each")
                                .with("Vary")));
    }

    private static List<Described> administration() {
        return List.of(
                receiving(of("POST", "/api/admin/backfills", "createBackfill", OPERATOR))
                        .sends(new Body("BackfillWanted", true, JSON))
                        .answers(
                                Answer.json(202, "Backfill", "It is on its way").with("Location"))
                        .problems(ACCOUNT_NOT_ALLOWED),
                of("GET", "/api/admin/backfills/{id}", "getBackfill", OPERATOR)
                        .takes("id")
                        .answers(Answer.json(200, "Backfill", "How far it is"))
                        .problems(NOT_FOUND, NOT_ACCEPTABLE),
                receiving(of("POST", "/api/admin/reconcile", "reconcile", OPERATOR))
                        .sends(new Body("ReconcileWanted", false, JSON))
                        .answers(Answer.typed(
                                200,
                                "ReconcileLines",
                                "One JSON object a line: started, findings and progress, at the end summary or failed",
                                "application/x-ndjson"))
                        .problems(RECONCILE_RUNNING),
                of("GET", "/api/admin/failures", "getFailures", BEARER)
                        .takes("scope", "failedBy", "examples")
                        .answers(Answer.json(200, "Failures", "What has failed, by reason")
                                .with("Vary"))
                        .problems(INVALID_REQUEST, NOT_ACCEPTABLE),
                of("GET", "/api/admin/storage", "getStorage", BEARER)
                        .takes("scope", "days")
                        .answers(Answer.json(200, "Storage", "What is stored, and what came each day")
                                .with("Vary"))
                        .problems(INVALID_REQUEST, NOT_ACCEPTABLE),
                receiving(of("POST", "/api/admin/redrive", "redrive", BEARER))
                        .sends(new Body("RedriveWanted", false, JSON))
                        .answers(Answer.json(200, "Redriven", "What will be fetched again")
                                .with("Vary")));
    }

    private static List<Described> operation() {
        return List.of(
                of("GET", "/api/admin/recordings/{sid}", "getStatus", BEARER)
                        .takes("sid", "scope")
                        .answers(Answer.json(200, "RecordingStatuses", "What is known, and what became of it")
                                .with("Vary"))
                        .problems(MALFORMED_SID, INVALID_REQUEST, RECORDING_NOT_FOUND, NOT_ACCEPTABLE),
                receiving(of("POST", "/api/admin/prefetch", "prefetchRange", BEARER))
                        .sends(new Body("PrefetchRangeWanted", true, JSON))
                        .answers(Answer.json(200, "PrefetchedRange", "What will be fetched")
                                .with("Vary"))
                        .problems(ACCOUNT_NOT_ALLOWED),
                receiving(of("POST", "/api/admin/purge", "purgeTenant", OPERATOR))
                        .sends(new Body("PurgeWanted", true, JSON))
                        .answers(Answer.json(200, "Purged", "What was deleted, and what remains")
                                .with("Vary")),
                of("GET", "/api/admin/dead-letters", "listDeadLetters", OPERATOR)
                        .takes("topic", "letterReason", "letters")
                        .answers(Answer.json(200, "DeadLetters", "The newest first")
                                .with("Vary"))
                        .problems(INVALID_REQUEST, NOT_ACCEPTABLE, KAFKA_UNAVAILABLE),
                receiving(of("POST", "/api/admin/dead-letters/replay", "replayDeadLetters", OPERATOR))
                        .sends(new Body("ReplayWanted", true, JSON))
                        .answers(Answer.json(200, "Replayed", "What became of them")
                                .with("Vary"))
                        .problems(KAFKA_UNAVAILABLE));
    }

    private static List<Described> webhooks() {
        return List.of(of("POST", "/webhooks/twilio/recording-status", "takeRecordingStatus", SIGNATURE)
                .takes("tenant")
                .sends(new Body(
                        "RecordingStatus", true, List.of("application/x-www-form-urlencoded", "application/json")))
                .answers(Answer.bare(204, "Taken, or known already"))
                .problems(INVALID_REQUEST, REGISTRATION_CONFLICT)
                .problems(BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, REQUEST_TIMEOUT));
    }

    private static Described receiving(Described row) {
        return row.problems(INVALID_REQUEST, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, REQUEST_TIMEOUT, NOT_ACCEPTABLE);
    }

    private static Described of(String method, String path, String id, Door door) {
        Described row = Described.of(method, path, id, door)
                .problems(BAD_REQUEST, FORBIDDEN, INTERNAL_ERROR, DATABASE_UNAVAILABLE);
        ProblemType[] signedIn = {UNAUTHENTICATED, RATE_LIMITED, ROLE_MISSING, IDENTITY_PROVIDER_UNAVAILABLE};
        if (!method.equals("GET") && door != Door.SIGNATURE) {
            row = row.problems(FOREIGN_ORIGIN);
        }
        return switch (door) {
            case BEARER -> row.problems(signedIn).problems(TENANT_MISSING);
            case BEARER_OR_TICKET -> row.problems(signedIn).problems(TENANT_MISSING, TICKET_INVALID, TICKET_EXPIRED);
            case OPERATOR -> row.problems(signedIn);
            case SIGNATURE -> row.problems(WEBHOOK_REFUSED);
        };
    }
}
