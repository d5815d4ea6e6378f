package dev.earshot.e2e.support;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Every recording for which somebody was answered 202: what the oracle holds the pair to. */
public final class Promises implements Filter {
    private static final Pattern SID = Pattern.compile("RE[0-9a-f]{32}");
    static final Promises GIVEN = new Promises();

    private final Set<String> recordingSids = ConcurrentHashMap.newKeySet();

    private Promises() {}

    /** Notes a promise that another client than {@link Listener} was given. */
    public static void note(String recordingSid) {
        GIVEN.recordingSids.add(recordingSid);
    }

    void forget() {
        recordingSids.clear();
    }

    Set<String> recordingSids() {
        return Set.copyOf(recordingSids);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        if (response.statusCode() == 202) {
            // HEAD promises the same as GET and has no body to name it.
            String told = request.getMethod().equals("HEAD") ? request.getURI() : response.asString();
            SID.matcher(told).results().findFirst().ifPresent(sid -> note(sid.group()));
        }
        return response;
    }
}
