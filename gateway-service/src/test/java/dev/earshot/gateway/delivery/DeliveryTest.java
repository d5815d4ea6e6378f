package dev.earshot.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.AudioFormat;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.FetchConfig;
import dev.earshot.gateway.tenant.DeliveryMode;
import dev.earshot.gateway.tenant.Retention;
import dev.earshot.gateway.tenant.TenantPolicy;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTest {
    private static final String SIGNING_KEY = "0123456789abcdef0123456789abcdef";
    private static final Tenant ACME = new Tenant("acme");
    private static final RecordingKey KEY = new RecordingKey(ACME, new RecordingSid("RE" + "1".repeat(32)));
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> CDN = Map.of(
            "earshot.delivery.cdn.base-url", "https://cdn.example/audio/",
            "earshot.delivery.cdn.signing-key", SIGNING_KEY,
            "earshot.delivery.cdn.purge.url", "https://api.cdn.example/purge");

    /** The signature was computed with another implementation (Python's hmac). */
    @Test
    void aCdnUrlIsSignedByteForByte() {
        CdnUrls urls = new CdnUrls(URI.create("https://cdn.example/audio/"), SIGNING_KEY);

        SignedUrl url = urls.sign(wanted(Duration.ZERO, "attachment; filename=\"a b.mp3\""), NEW_YEAR);

        assertThat(url.value())
                .isEqualTo("https://cdn.example/audio/acme/RE" + "1".repeat(32)
                        + "/1/audio?expires=1767225600"
                        + "&response-content-disposition=attachment%3B%20filename%3D%22a%20b.mp3%22"
                        + "&response-content-type=audio%2Fmpeg"
                        + "&signature=NB42xN-RPg-G3vIPJ4CMFboWxC_sqXE-uC2m8RTfD1s");
        assertThat(url).hasToString("SignedUrl");
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT5M", "PT1H,PT1H5M", "PT3H55M,PT4H", "PT9H,PT4H"})
    void aUrlLivesAsLongAsTheRecordingPlaysAndAWhile(Duration plays, Duration lives) {
        Duration[] asked = {Duration.ZERO};
        Delivery delivery = new Delivery(
                tenant -> policy(Optional.empty()),
                config(Map.of()),
                (wanted, lifetime) -> {
                    asked[0] = lifetime;
                    return Uni.createFrom().item(new SignedUrl("https://store.example"));
                },
                Clock.fixed(NEW_YEAR, ZoneOffset.UTC));

        SignedUrl url = delivery.url(wanted(plays, "inline")).await().indefinitely();

        assertThat(url.value()).isEqualTo("https://store.example");
        assertThat(asked[0]).isEqualTo(lives);
    }

    @Test
    void withACdnNobodyIsSentToTheStore() {
        Delivery delivery = new Delivery(
                tenant -> policy(Optional.empty()),
                config(CDN),
                (wanted, lifetime) -> Uni.createFrom().failure(new AssertionError("the store was asked")),
                Clock.fixed(NEW_YEAR, ZoneOffset.UTC));

        assertThat(delivery.url(wanted(Duration.ZERO, "inline"))
                        .await()
                        .indefinitely()
                        .value())
                .startsWith("https://cdn.example/audio/acme/")
                .contains("?expires=" + NEW_YEAR.plusSeconds(300).getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource({
        "proxy,,false",
        "redirect,,true",
        "proxy,REDIRECT,true",
        "redirect,PROXY,false",
    })
    void aTenantsWishGoesBeforeTheDeployments(String mode, DeliveryMode wish, boolean redirects) {
        Delivery delivery = new Delivery(
                tenant -> policy(Optional.ofNullable(wish)),
                config(Map.of("earshot.delivery.mode", mode)),
                (wanted, lifetime) -> Uni.createFrom().nothing(),
                Clock.systemUTC());

        assertThat(delivery.redirects(ACME)).isEqualTo(redirects);
    }

    @Test
    void aPurgeThatNamesObjectsIsOneCallForEachGeneration() {
        CdnUrls cdn = new CdnUrls(URI.create("https://cdn.example/audio"), SIGNING_KEY);

        List<PurgeCall> calls = PurgeCall.of("https://api/purge", Optional.of("{\"files\":[\"{url}\"]}"), cdn, KEY, 2);

        assertThat(calls)
                .extracting(call -> call.body().orElse(""))
                .containsExactly(
                        "{\"files\":[\"https://cdn.example/audio/" + KEY.objectKey(1) + "\"]}",
                        "{\"files\":[\"https://cdn.example/audio/" + KEY.objectKey(2) + "\"]}");
        assertThat(calls).extracting(PurgeCall::url).containsOnly("https://api/purge");
        assertThat(PurgeCall.of("{url}", Optional.empty(), cdn, KEY, 1))
                .extracting(PurgeCall::url)
                .containsExactly("https://cdn.example/audio/" + KEY.objectKey(1));
    }

    @Test
    void aPurgeByPrefixIsOneCall() {
        CdnUrls cdn = new CdnUrls(URI.create("https://cdn.example"), SIGNING_KEY);

        assertThat(PurgeCall.of("https://api/purge?p={prefix}", Optional.empty(), cdn, KEY, 7))
                .extracting(PurgeCall::url)
                .containsExactly("https://api/purge?p=/" + KEY.objectPrefix());
    }

    @Test
    void theDefaultsAndACdnWork() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> check(CDN)).doesNotThrowAnyException();
        assertThatCode(() -> check(with(CDN, "purge.url", "{url}"))).doesNotThrowAnyException();
        assertThatCode(() -> check(with(CDN, "purge.body", "{\"purge\":{\"files\":[\"{url}\"]}}")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "earshot.delivery.lifetime,0s",
        "earshot.delivery.lifetime,5h",
        "earshot.delivery.longest-lifetime,8d",
        "earshot.delivery.store-url,ftp://store.example",
        "earshot.delivery.store-url,https://store.example/bucket",
        "earshot.delivery.store-url,https://user:secret@store.example",
        "earshot.delivery.cdn.base-url,cdn.example",
        "earshot.delivery.cdn.base-url,https://cdn.example?a=b",
        "earshot.delivery.cdn.signing-key,short",
        "earshot.delivery.cdn.purge.url,purge",
        "earshot.delivery.cdn.purge.url,https://api/{key}",
        "earshot.delivery.cdn.purge.body,{recording}",
        "earshot.delivery.cdn.purge.method,G ET",
        "earshot.delivery.cdn.purge.timeout,0s",
        "earshot.delivery.cdn.purge.timeout,10s"
    })
    void aValueThatCannotWorkIsRefusedByName(String key, String value) {
        Map<String, String> values = new HashMap<>(CDN);
        values.put(key, value);

        assertThatThrownBy(() -> check(values)).hasMessageContaining(key).hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "cdn.base-url,https://cdn.example,earshot.delivery.cdn.signing-key",
        "cdn.signing-key,0123456789abcdef0123456789abcdef,earshot.delivery.cdn.signing-key",
        "cdn.purge.url,https://api/purge,earshot.delivery.cdn.purge.url",
        "cdn.purge.body,x,earshot.delivery.cdn.purge.body",
        "cdn.purge.authorization,secret,earshot.delivery.cdn.purge.authorization",
    })
    void halfACdnIsRefused(String key, String value, String named) {
        assertThatThrownBy(() -> check(Map.of("earshot.delivery." + key, value)))
                .hasMessageContaining(named)
                .hasMessageNotContaining("secret");
    }

    private static Map<String, String> with(Map<String, String> values, String key, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put("earshot.delivery.cdn." + key, value);
        return more;
    }

    private static void check(Map<String, String> values) {
        SmallRyeConfig config = smallRye(values);
        var ignored = new DeliveryChecks(
                config.getConfigMapping(DeliveryConfig.class), config.getConfigMapping(FetchConfig.class));
    }

    private static DeliveryConfig config(Map<String, String> values) {
        return smallRye(values).getConfigMapping(DeliveryConfig.class);
    }

    private static SmallRyeConfig smallRye(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(DeliveryConfig.class)
                .withMapping(FetchConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 200))
                .build();
    }

    private static TenantPolicy policy(Optional<DeliveryMode> delivery) {
        return new TenantPolicy(false, Duration.ofDays(7), AudioFormat.MP3, delivery, Retention.FOR_EVER);
    }

    private static Wanted wanted(Duration plays, String disposition) {
        StoredObject object =
                new StoredObject("bucket", KEY.objectKey(1), 10, new Sha256("0".repeat(64)), "etag", "audio/mpeg");
        return new Wanted(object, false, disposition, plays);
    }
}
