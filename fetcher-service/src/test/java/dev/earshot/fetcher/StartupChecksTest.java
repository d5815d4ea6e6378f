package dev.earshot.fetcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.fetcher.fetch.FetchConfig;
import dev.earshot.fetcher.outcome.OutcomeConfig;
import dev.earshot.fetcher.peaks.PeaksConfig;
import dev.earshot.fetcher.request.RequestConfig;
import dev.earshot.fetcher.spool.SpoolConfig;
import dev.earshot.fetcher.store.StoreConfig;
import dev.earshot.fetcher.twilio.MediaConfig;
import dev.earshot.fetcher.twilio.TwilioConfig;
import io.smallrye.config.SmallRyeConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupChecksTest {
    @Test
    void theDefaultsWork() {
        assertThatCode(() -> check(Map.of(), 3)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "earshot.fetch.total-timeout,30m",
        "earshot.fetch.total-timeout,0s",
        "earshot.fetch.in-flight,0",
        "earshot.fetch.in-flight,5000",
        "earshot.fetch.in-flight-per-account,65",
        "earshot.fetch.in-flight-per-account,0",
        "earshot.fetch.queue-per-account,-1",
        "earshot.fetch.queue-wait,0s",
        "earshot.fetch.breaker.failures,0",
        "earshot.fetch.breaker.open-for,0s",
        "earshot.fetch.connect-timeout,0s",
        "earshot.fetch.first-byte-timeout,0s",
        "earshot.fetch.idle-timeout,0s",
        "earshot.fetch.max-size,0",
        "earshot.fetch.max-redirects,-1",
        "earshot.fetch.requests-in-hand,100",
        "earshot.store.bucket,' '",
        "earshot.store.attempts,0",
        "earshot.store.part-size,1M",
        "earshot.store.parts-in-flight,0",
        "earshot.spool.budget,1G",
        "earshot.twilio.metadata-timeout,0s",
        "earshot.twilio.metadata-in-flight,0",
        "earshot.announce.retry-initial,10s",
        "earshot.peaks.wait,-1s",
        "earshot.peaks.wait,6m",
        "earshot.peaks.ffmpeg,' '",
        "earshot.peaks.timeout,0s",
        "earshot.peaks.concurrency,0",
        "earshot.peaks.queue,-1"
    })
    void aValueThatCannotWorkIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> check(Map.of(key, value), 3)).hasMessageContaining(key);
    }

    @Test
    void manyAccountsNeedMoreRequestsInHand() {
        assertThatThrownBy(() -> check(Map.of(), 22)).hasMessageContaining("earshot.fetch.requests-in-hand");
    }

    private static void check(Map<String, String> values, int accounts) {
        SmallRyeConfig config = ConfigurationTest.config(values);
        var ignored = new StartupChecks(
                config.getConfigMapping(FetchConfig.class),
                config.getConfigMapping(MediaConfig.class),
                config.getConfigMapping(TwilioConfig.class),
                config.getConfigMapping(StoreConfig.class),
                config.getConfigMapping(SpoolConfig.class),
                config.getConfigMapping(RequestConfig.class),
                config.getConfigMapping(OutcomeConfig.class),
                config.getConfigMapping(PeaksConfig.class),
                accounts);
    }
}
