package dev.earshot.doctor.store;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import java.util.Set;

/** What a call that was not done tells about the configuration. Pure. */
final class StoreJudgement {
    static final String CHECK = "store";

    /** What AWS says to who asks in another region than the bucket's. */
    private static final Set<String> OTHER_REGION = Set.of(
            "PermanentRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException",
            "TemporaryRedirect");

    private final Place place;

    StoreJudgement(Place place) {
        this.place = place;
    }

    /**
     * @param verb what was asked, such as {@code write}
     * @param answer anything but done
     */
    Finding of(String verb, Answer answer) {
        return switch (answer) {
            case Answer.Done done -> throw new IllegalArgumentException("it was done");
            case Answer.Absent absent ->
                Finding.error(
                        CHECK,
                        place + " has not kept what was just written there",
                        "use a store that shows an object once it has acknowledged it",
                        Place.ENDPOINT);
            case Answer.Refused refused -> refused(verb, refused);
            case Answer.Unreachable(String why) ->
                Finding.unreachable(
                        CHECK,
                        "the store at " + place.endpoint() + " does not answer: " + why,
                        "look whether it runs, and whether this is its address",
                        Place.ENDPOINT);
            // Who gives pods their identity may be away, or slow on a node that is new.
            case Answer.Unasked(String why, String key) ->
                key.isEmpty()
                        ? new Finding(CHECK, Severity.UNREACHABLE, why, "give it some", place.credentials())
                        : Finding.error(CHECK, why, "give it one", key);
        };
    }

    private Finding refused(String verb, Answer.Refused refused) {
        String said = "status " + refused.status() + (refused.code().isEmpty() ? "" : ", " + refused.code());
        if (refused.code().equals("NoSuchBucket")) {
            return Finding.error(
                    CHECK,
                    "there is no bucket " + place + " (" + said + ")",
                    "name the bucket that is there, or make this one",
                    Place.BUCKET,
                    Place.ENDPOINT);
        }
        if (OTHER_REGION.contains(refused.code()) || refused.status() == 301 || refused.status() == 307) {
            return Finding.error(
                    CHECK, place + " lies in another region (" + said + ")", "name the bucket's region", Place.REGION);
        }
        if (refused.status() == 401 || refused.status() == 403) {
            return forbidden(verb, refused.code(), said);
        }
        return Finding.error(
                CHECK,
                "what answers at " + place.endpoint() + " refuses to " + verb + " as no S3 store should (" + said + ")",
                "name the address of an S3 store; most stores other than AWS want quarkus.s3.path-style-access=true",
                Place.ENDPOINT,
                "quarkus.s3.path-style-access");
    }

    private Finding forbidden(String verb, String code, String said) {
        String who = place.credentials().getFirst();
        return switch (code) {
            case "InvalidAccessKeyId" ->
                Finding.error(
                        CHECK, "the store does not know the access key (" + said + ")", "give one that it knows", who);
            case "SignatureDoesNotMatch" ->
                Finding.error(
                        CHECK,
                        "the secret key is not the access key's (" + said + ")",
                        "give the pair that belongs together",
                        place.credentials().getLast());
            case "RequestTimeTooSkewed" ->
                Finding.error(
                        CHECK,
                        "the clocks of this machine and of the store differ (" + said + ")",
                        "set this machine's clock");
            default ->
                Finding.error(
                        CHECK,
                        "the credentials may not " + verb + " in " + place + " (" + said + ")",
                        "give them the right to, by a policy of the store, or name the bucket that they are for",
                        who,
                        Place.BUCKET);
        };
    }
}
