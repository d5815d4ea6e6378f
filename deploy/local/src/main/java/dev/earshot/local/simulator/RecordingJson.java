package dev.earshot.local.simulator;

import dev.earshot.local.simulator.SimulatedRecording.Facts;
import dev.earshot.local.simulator.SimulatedRecording.Status;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A recording as Twilio's JSON shows it ("Recordings resource: properties"): numbers in strings, dates by RFC 2822. */
final class RecordingJson {
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final int SILENT_ERROR = 16102;

    private RecordingJson() {}

    static String date(Instant instant) {
        return RFC_2822.format(instant.atOffset(ZoneOffset.UTC));
    }

    static String path(Facts facts) {
        return "/2010-04-01/Accounts/" + facts.accountSid() + "/Recordings/" + facts.recordingSid();
    }

    static JsonObject of(SimulatedRecording recording, Instant now, String baseUrl) {
        Facts facts = recording.facts();
        Status status = recording.status(now);
        boolean measured = status == Status.COMPLETED || status == Status.DELETED;
        return new JsonObject()
                .put("sid", facts.recordingSid())
                .put("account_sid", facts.accountSid())
                .put("call_sid", facts.callSid())
                .putNull("conference_sid")
                .put("status", status.text())
                .put("channels", facts.channels())
                .put("source", "RecordVerb")
                .put("track", "both")
                .put("start_time", date(facts.startedAt()))
                .put("date_created", date(facts.startedAt()))
                .put("date_updated", date(facts.startedAt().plusMillis(facts.millis())))
                .put("duration", measured ? String.valueOf(facts.durationSeconds()) : null)
                .put("price", measured ? "-0.00250" : null)
                .put("price_unit", "USD")
                .put("error_code", status == Status.ABSENT ? SILENT_ERROR : null)
                .put("encryption_details", encryption(recording))
                .put("api_version", "2010-04-01")
                .put("uri", path(facts) + ".json")
                .put("media_url", baseUrl + path(facts))
                .put(
                        "subresource_uris",
                        new JsonObject()
                                .put("transcriptions", path(facts) + "/Transcriptions.json")
                                .put("add_on_results", path(facts) + "/AddOnResults.json"));
    }

    private static @org.jspecify.annotations.Nullable JsonObject encryption(SimulatedRecording recording) {
        if (recording.rule().behaviour() != Behaviour.ENCRYPTED) {
            return null;
        }
        return new JsonObject()
                .put("type", "rsa-aes")
                .put("public_key_sid", "CR00000000000000000000000000000000")
                .put("encrypted_cek", "bm90LWEtcmVhbC1rZXk=")
                .put("iv", "bm90LWEtcmVhbC1pdg==");
    }
}
