package dev.earshot.gateway.prefetch;

import dev.earshot.gateway.caller.Caller;
import dev.earshot.gateway.caller.Callers;
import dev.earshot.gateway.caller.Role;
import dev.earshot.gateway.http.JsonBody;
import dev.earshot.gateway.problem.Problem;
import dev.earshot.gateway.recording.Sid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a prefetch.
 *
 * @param sids which, each once; none where the path names it
 * @param anyAge whether the playback window shall not count
 */
record PrefetchBody(List<Sid> sids, boolean anyAge) {
    private static final String SIDS = "sids";
    private static final String ANY_AGE = "anyAge";

    /** @throws Problem 400 {@code invalid-request}, naming the member */
    static PrefetchBody ofOne(@Nullable String json) {
        return new PrefetchBody(List.of(), JsonBody.readOptional(json, ANY_AGE).flag(ANY_AGE));
    }

    /**
     * @param most how many SIDs there may be
     * @throws Problem 400 {@code invalid-request}, naming the member and the index
     */
    static PrefetchBody ofMany(@Nullable String json, int most) {
        JsonBody body = JsonBody.read(json, SIDS, ANY_AGE);
        List<Sid> sids = body
                .texts(
                        SIDS,
                        "a recording or call SID, RE or CA and 32 hexadecimal digits",
                        text -> Sid.parse(text).isPresent(),
                        most)
                .stream()
                .map(text -> Sid.parse(text).orElseThrow())
                .distinct()
                .toList();
        return new PrefetchBody(sids, body.flag(ANY_AGE));
    }

    /**
     * Whoever may ask for this.
     *
     * @throws Problem 403 {@code role-missing} or {@code tenant-missing}
     */
    Caller allowed(Callers callers) {
        return anyAge ? callers.require(Role.OPERATOR) : callers.require(Role.WRITE, Role.OPERATOR);
    }
}
