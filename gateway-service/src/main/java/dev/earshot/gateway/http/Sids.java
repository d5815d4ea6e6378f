package dev.earshot.gateway.http;

import dev.earshot.events.RecordingSid;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.problem.ProblemType;
import dev.earshot.gateway.recording.Sid;

/** Path segments as validated values. */
public final class Sids {
    private Sids() {}

    /** A recording's or a call's SID. @throws Problem 400 {@code malformed-sid} */
    public static Sid parse(String segment) {
        return Sid.parse(segment).orElseThrow(() -> Problem.of(ProblemType.MALFORMED_SID));
    }

    /** A recording's SID and no call's. @throws Problem 400 {@code malformed-sid} */
    public static RecordingSid recording(String segment) {
        if (!RecordingSid.isValid(segment)) {
            throw Problem.of(ProblemType.MALFORMED_SID, "a recording SID is RE and 32 hexadecimal digits");
        }
        return new RecordingSid(segment);
    }
}
