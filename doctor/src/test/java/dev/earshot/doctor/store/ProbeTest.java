package dev.earshot.doctor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.doctor.Finding;
import dev.earshot.doctor.Severity;
import dev.earshot.events.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
    private static final Place PLACE = new Place("calls", "http://s3.example", List.of());
    private static final Probe PROBE = new Probe("nonce-1", Instant.parse("2026-11-21T20:00:00Z"));

    @Test
    void noTenantCanHaveItsKey() {
        assertThat(Tenant.isValid(Probe.KEY.substring(0, Probe.KEY.indexOf('/'))))
                .isFalse();
    }

    @Test
    void whatIsWrittenIsWhatIsRead() {
        assertThat(Probe.of(PROBE.content())).contains(PROBE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonce", "nonce yesterday\n", "a b c\n", "<html></html>"})
    void whatSomebodyElsePutThereIsNoProbe(String content) {
        assertThat(Probe.of(content.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void theOneThatWasJustWrittenProvesOneStore() {
        assertThat(judged(Optional.of(PROBE), Optional.of("nonce-1")).severity())
                .isEqualTo(Severity.OK);
    }

    @Test
    void anotherOneProvesTwoStoresAndNamesBothKeys() {
        Finding other = judged(Optional.of(PROBE), Optional.of("nonce-2"));

        assertThat(other.severity()).isEqualTo(Severity.ERROR);
        assertThat(other.keys()).containsExactly("earshot.store.bucket", "quarkus.s3.endpoint-override");
        assertThat(judged(Optional.empty(), Optional.of("nonce-2")).keys()).isEqualTo(other.keys());
    }

    @Test
    void whereNobodyKnowsOfAFetcherItsAbsenceIsAWarning() {
        assertThat(judged(Optional.empty(), Optional.empty()).severity()).isEqualTo(Severity.WARNING);
        assertThat(judged(Optional.of(PROBE), Optional.empty()).severity()).isEqualTo(Severity.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "another 2026-11-21T20:00:03Z, true",
        "another 2026-11-21T19:58:00Z, true",
        "another 2026-11-21T19:00:00Z, false",
        "<html>, false"
    })
    void whatAPodWroteThatStartedAtTheSameTimeProvesThatTheStoreKeeps(String content, boolean proves) {
        assertThat(StoreCheck.proves((content + "\n").getBytes(StandardCharsets.UTF_8), PROBE))
                .isEqualTo(proves);
        assertThat(StoreCheck.proves(PROBE.content(), PROBE)).isTrue();
    }

    private static Finding judged(Optional<Probe> found, Optional<String> nonce) {
        return ProbeJudgement.of(PLACE, found, nonce);
    }
}
