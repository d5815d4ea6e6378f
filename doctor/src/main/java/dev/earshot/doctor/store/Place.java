package dev.earshot.doctor.store;

import dev.earshot.doctor.Settings;
import java.util.List;

/**
 * Where a service looks for the store, and by which keys it was told so.
 *
 * @param endpoint as it is configured; AWS and its region without one
 * @param credentials the keys that hold them
 */
record Place(String bucket, String endpoint, List<String> credentials) {
    static final String BUCKET = "earshot.store.bucket";
    static final String ENDPOINT = "quarkus.s3.endpoint-override";
    static final String REGION = "quarkus.s3.aws.region";
    private static final String CREDENTIALS = "quarkus.s3.aws.credentials.";

    static Place of(Settings settings) {
        return new Place(
                settings.text(BUCKET),
                settings.optional(ENDPOINT)
                        .orElseGet(() -> "AWS"
                                + settings.optional(REGION)
                                        .map(region -> " in " + region)
                                        .orElse("")),
                credentials(settings));
    }

    private static List<String> credentials(Settings settings) {
        if (settings.optional(CREDENTIALS + "type").filter("static"::equals).isPresent()) {
            return List.of(
                    CREDENTIALS + "static-provider.access-key-id", CREDENTIALS + "static-provider.secret-access-key");
        }
        return List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    }

    @Override
    public String toString() {
        return bucket + " at " + endpoint;
    }
}
