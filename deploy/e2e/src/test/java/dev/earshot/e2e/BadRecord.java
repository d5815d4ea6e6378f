package dev.earshot.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earshot.e2e.support.Draft;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One way for a record to be of no use to anybody.
 *
 * @param name what is wrong
 * @param spoil makes it so
 * @param reason what its dead letter says, in part
 */
record BadRecord(String name, Consumer<Draft> spoil, String reason) {
    private static final String MALFORMED = "malformed JSON or a field of the wrong type";

    private static final int MEGABYTE = 1_000_000;
    /** A producer's own limit (max.request.size) less what the other parts of the record take. */
    private static final int MOST = (1 << 20) - 600;

    static final BadRecord UNREADABLE = bad("unreadable JSON", draft -> draft.value("{\"tenant\": oops"), MALFORMED);
    static final BadRecord NOISE = bad("1 MB of noise", draft -> draft.value(noise(MEGABYTE)), "no valid");

    /** What either service refuses before it has looked at anything of its own. */
    static Stream<BadRecord> all() {
        return Stream.of(form(), headers(), keys(), data()).flatMap(List::stream);
    }

    /** What only the gateway can know: it has the rows. */
    static Stream<BadRecord> outcomes() {
        return Stream.of(
                bad("an outcome that nobody asked for", draft -> {}, "nothing of ours asked"),
                bad("an unknown recording", draft -> about(draft, "acme", "RE" + "9".repeat(32)), "is unknown"),
                bad("another tenant's account", draft -> about(draft, "globex", "RE" + "8".repeat(32)), "account"));
    }

    private static List<BadRecord> form() {
        return List.of(
                UNREADABLE,
                NOISE,
                bad("as much noise as a producer may send", draft -> draft.value(noise(MOST)), "no valid"),
                bad("no value at all", draft -> draft.value((byte[]) null), "the record has no value"),
                bad("an empty value", draft -> draft.value(""), "no valid"),
                bad("JSON null", draft -> draft.value("null"), "the data is JSON null"),
                bad("a list", draft -> draft.value("[]"), MALFORMED),
                bad("bottomless JSON", draft -> draft.value("[".repeat(MEGABYTE)), MALFORMED),
                bad("half an event", draft -> draft.json(data -> data.remove("tenant")), "tenant is missing"));
    }

    private static List<BadRecord> headers() {
        String type = "dev.earshot.recording.";
        return List.of(
                bad("no headers", Draft::noHeaders, "ce_specversion is not 1.0"),
                bad("another CloudEvents", draft -> draft.header("ce_specversion", "0.3"), "ce_specversion is not 1.0"),
                bad("version 2 of ready", draft -> draft.header("ce_type", type + "ready.v2"), "none that we know"),
                bad(
                        "version 2 of fetch-requested",
                        draft -> draft.header("ce_type", type + "fetch-requested.v2"),
                        "none that we know"),
                bad("an unknown type", draft -> draft.header("ce_type", "com.example.lunch.v1"), "none that we know"),
                bad(
                        "a type that is not the data's",
                        draft -> draft.header("ce_type", type + "fetch-failed.v1"),
                        "no valid fetch-failed"),
                bad("a header of 1 MB", draft -> draft.value("").header("note", "x".repeat(MOST - 400)), "no valid"));
    }

    private static List<BadRecord> keys() {
        String otherKey = "the record's key is not the one of its data";
        return List.of(
                bad("no key", draft -> draft.key(null), "the record has no key"),
                bad("a key that is none", draft -> draft.key("nothing"), otherKey),
                bad("another tenant's key", draft -> draft.key("globex:RE" + "1".repeat(32)), otherKey),
                bad("a key of 1 MB", draft -> draft.key("k".repeat(MOST - 1000)), otherKey));
    }

    private static List<BadRecord> data() {
        String bucket = "bucket";
        String key = "object.key is not";
        return List.of(
                data("another bucket", data -> object(data).put("bucket", "theirs"), bucket),
                data("a path for a bucket", data -> object(data).put("bucket", "../../etc"), bucket),
                data("no bucket", data -> object(data).put("bucket", ""), bucket),
                data("another tenant's object", data -> object(data).put("key", foreign(data)), key),
                data("a path for an object", data -> object(data).put("key", "acme/../" + foreign(data)), key),
                data("another generation's object", data -> data.put("generation", 2), key),
                data("a path for a tenant", data -> data.put("tenant", "../globex"), "not a tenant"),
                data("a path for a recording", data -> data.put("recordingSid", "../secret"), "not a recording"),
                data("generation 0", data -> data.put("generation", 0), "generation must be more than 0"),
                data("attempt -1", data -> data.put("attempt", -1), "attempt must be more than 0"),
                data("attempt 2^40", data -> data.put("attempt", 1L << 40), MALFORMED));
    }

    /** Valid in itself, and of another recording. */
    private static void about(Draft draft, String tenant, String recordingSid) {
        draft.key(tenant + ":" + recordingSid).json(data -> {
            data.put("tenant", tenant).put("recordingSid", recordingSid);
            object(data).put("key", tenant + "/" + recordingSid + "/1/audio");
        });
    }

    private static BadRecord bad(String name, Consumer<Draft> spoil, String reason) {
        return new BadRecord(name, spoil, reason);
    }

    private static BadRecord data(String name, Consumer<ObjectNode> change, String reason) {
        return bad(name, draft -> draft.json(change), reason);
    }

    private static ObjectNode object(ObjectNode data) {
        return (ObjectNode) data.get("object");
    }

    private static String foreign(ObjectNode data) {
        return "globex/" + data.get("recordingSid").asText() + "/1/audio";
    }

    /** The same each time. */
    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        return noise;
    }

    @Override
    public String toString() {
        return name;
    }
}
