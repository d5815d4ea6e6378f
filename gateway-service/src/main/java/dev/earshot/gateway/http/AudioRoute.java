package dev.earshot.gateway.http;

import dev.earshot.events.RecordingSid;

/** The ways to a recording's audio; each is a path below the recording's own. */
public enum AudioRoute {
    /** For players: inline. */
    STREAM("stream"),
    /** For people: a file with a readable name. */
    DOWNLOAD("download"),
    /** For clients that can read nothing but JSON: Base64. */
    DATA("data");

    private final String segment;

    AudioRoute(String segment) {
        this.segment = segment;
    }

    /** The path for a SID as somebody wrote it, which need not be one. */
    public String path(String sid) {
        return "/api/recordings/" + sid + "/" + segment;
    }

    /** The path of one recording. */
    public String path(RecordingSid sid) {
        return path(sid.value());
    }
}
