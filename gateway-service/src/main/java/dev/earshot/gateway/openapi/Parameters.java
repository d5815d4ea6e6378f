package dev.earshot.gateway.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createHeader;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;

import dev.earshot.events.Topics;
import dev.earshot.gateway.recording.PageQuery.State;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/** What requests carry beside a body, and the header fields of answers; each stands once in the document. */
final class Parameters {
    private static final String RE = "RE00000000000000000000000000000001";
    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private Parameters() {}

    static Map<String, Parameter> all() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        all.put("sid", path("sid", "A recording's SID, or a call's: the call's newest recording", Schemas.sid(), RE));
        all.put("recordingSid", path("sid", "A recording's SID", Schemas.sid("RE"), RE));
        all.put("id", path("id", "The backfill's id", Schemas.text(), "7c1f2f5e-3f0b-4a0e-9a55-0d5b2f5d9c11"));
        all.put("callSid", query("callSid", "Of this call", Schemas.sid("CA")));
        all.put("state", query("state", "In this state", states()));
        all.put(
                "reason",
                query("reason", "The last fetch failed so; with state=failed or waiting alone", Schemas.reasons()));
        all.put("failedBy", query("reason", "That failed so alone", Schemas.reasons()));
        all.put(
                "examples",
                query("examples", "So many of each reason, 20 at most; none if it is not said", Schemas.count(0)));
        all.put("topic", query("topic", "That came on this topic", Schemas.oneOf(Topics.CONSUMED)));
        all.put("letterReason", query("reason", "Whose reason has this in it, whatever the case", Schemas.text()));
        all.put("letters", query("limit", "At most so many, 500 at most; 50 if it is not said", Schemas.count(1)));
        all.put("days", query("days", "For so many days, today among them; 30 if it is not said", Schemas.count(1)));
        all.put("scope", query("tenant", "Of this tenant alone; an operator's, or the own one", Schemas.text()));
        all.put("from", query("from", "Began then or later", Schemas.time()));
        all.put("to", query("to", "Began before then", Schemas.time()));
        all.put("limit", query("limit", "At most so many on a page", Schemas.count(1)));
        all.put("cursor", query("cursor", "Where to go on, from next; with the same filters", Schemas.text()));
        all.put(
                "sids",
                query(
                        "sid",
                        "Recording SIDs, 200 at most; none for the whole tenant",
                        Schemas.list(Schemas.sid("RE"))));
        all.put("tenant", query("tenant", "Whose it is; needed for an account that is shared", Schemas.text()));
        all.put("Range", header("Range", "bytes=0-499, bytes=500-, bytes=-500, or several", "bytes=0-1"));
        all.put("If-Match", header("If-Match", "412 unless the ETag is one of these", "\"" + SHA256 + "\""));
        all.put("If-None-Match", header("If-None-Match", "304 if the ETag is one of these", "\"" + SHA256 + "\""));
        all.put("If-Modified-Since", header("If-Modified-Since", "304 unless it is newer", date()));
        all.put("If-Unmodified-Since", header("If-Unmodified-Since", "412 if it is newer", date()));
        all.put(
                "If-Range",
                header("If-Range", "Range counts only if this ETag or date still holds", "\"" + SHA256 + "\""));
        all.put(
                "Prefer",
                header("Prefer", "wait=N: hold the answer up to N seconds, 25 at most (RFC 7240)", "wait=20"));
        return all;
    }

    private static Parameter path(String name, String description, Schema schema, String example) {
        return createParameter()
                .name(name)
                .in(In.PATH)
                .required(true)
                .description(description)
                .schema(schema)
                .example(example);
    }

    private static Parameter query(String name, String description, Schema schema) {
        return createParameter()
                .name(name)
                .in(In.QUERY)
                .description(description)
                .schema(schema);
    }

    private static Parameter header(String name, String description, String example) {
        return createParameter()
                .name(name)
                .in(In.HEADER)
                .description(description)
                .schema(Schemas.text())
                .example(example);
    }

    private static Schema states() {
        return Schemas.oneOf(Arrays.stream(State.values()).map(State::wireName).toList());
    }

    private static String date() {
        return "Wed, 04 Mar 2026 05:06:07 GMT";
    }

    /** Before the name of a header that need not be there. */
    static final String MAYBE = "Optional-";

    /** By name: description and example. Those that every answer has come first. */
    private static final Map<String, List<String>> FIELDS = fields();

    /** What every answer carries, problems included. */
    static final List<String> ALWAYS = List.of(
            "Cache-Control",
            "Content-Security-Policy",
            "Cross-Origin-Resource-Policy",
            "Referrer-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options");

    private static Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("Accept-Ranges", List.of("Ranges may be asked for", "bytes"));
        fields.put("Cache-Control", List.of("no-store; of audio and peaks private, no-cache", "no-store"));
        fields.put("Content-Disposition", List.of("inline, or attachment with the file's name", "inline"));
        fields.put("Content-Length", List.of("The exact number of bytes", "480044"));
        fields.put("Content-Location", List.of("Which recording a call's SID meant", "/api/recordings/" + RE));
        fields.put("Content-Range", List.of("Which bytes these are; of one part alone", "bytes 0-1/480044"));
        fields.put("Content-Security-Policy", List.of("Nothing may run", "default-src 'none'; frame-ancestors 'none'"));
        fields.put("Cross-Origin-Resource-Policy", List.of("Who may embed it without CORS", "same-site"));
        fields.put(
                "ETag", List.of("Strong: the audio's SHA-256; of peaks with -peaks1 after it", "\"" + SHA256 + "\""));
        fields.put("Last-Modified", List.of("When it was stored", date()));
        fields.put("Location", List.of("Where it is", "/api/recordings/" + RE));
        fields.put("Preference-Applied", List.of("The wait that was honoured (RFC 7240)", "wait=20"));
        fields.put("Referrer-Policy", List.of("URLs may be secrets", "no-referrer"));
        fields.put(
                "Repr-Digest",
                List.of(
                        "The whole audio's SHA-256 (RFC 9530)",
                        "sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:"));
        fields.put("Retry-After", List.of("Seconds to wait before asking again", "2"));
        fields.put("Vary", List.of("What a cache must tell apart", "Authorization, Cookie"));
        fields.put("WWW-Authenticate", List.of("RFC 6750", "Bearer error=\"invalid_token\""));
        fields.put("X-Content-Type-Options", List.of("No guessing", "nosniff"));
        fields.put("X-Frame-Options", List.of("No frames", "DENY"));
        return fields;
    }

    private static Header copy(Header header) {
        return createHeader()
                .description(header.getDescription())
                .schema(header.getSchema())
                .example(header.getExample());
    }

    /** Each twice: as one that is always there, and as one that may be. */
    static Map<String, Header> headers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        FIELDS.forEach((name, told) -> {
            boolean number = name.equals("Retry-After") || name.equals("Content-Length");
            Header header = createHeader()
                    .description(told.get(0))
                    .schema(number ? Schemas.whole(0) : Schemas.text())
                    .example(number ? Integer.valueOf(told.get(1)) : told.get(1));
            headers.put(MAYBE + name, header);
            headers.put(name, copy(header).required(true));
        });
        return headers;
    }
}
