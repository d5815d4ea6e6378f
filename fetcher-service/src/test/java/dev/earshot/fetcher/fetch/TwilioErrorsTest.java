package dev.earshot.fetcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.fetcher.failure.Trouble;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TwilioErrorsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TwilioErrors errors = new TwilioErrors(meters);

    @Test
    void an_answer_is_counted_by_its_status_and_twilios_code() {
        errors.met(answer(401, OptionalInt.of(20003)));

        assertThat(count("http-401", "20003")).isEqualTo(1);
    }

    @Test
    void whatever_statuses_and_codes_come_the_series_stay_few() {
        for (int i = 0; i < 1000; i++) {
            errors.met(answer(400 + i % 200, OptionalInt.of(30_000 + i)));
        }

        assertThat(meters.find("earshot_twilio_errors").counters()).hasSizeLessThan(40);
        assertThat(count("http-other", "other")).isPositive();
    }

    @Test
    void what_the_store_or_we_ourselves_did_is_not_twilios() {
        errors.met(new Trouble.StoreFailed("away"));
        errors.met(new Trouble.AccountBusy("full", Optional.empty()));

        assertThat(meters.find("earshot_twilio_errors").counters())
                .isNotEmpty()
                .extracting(Counter::count)
                .containsOnly(0.0);
    }

    private static Trouble answer(int status, OptionalInt code) {
        return new Trouble.RefusedAnswer(status, code, Optional.empty());
    }

    private double count(String kind, String code) {
        return meters.get("earshot_twilio_errors")
                .tags("kind", kind, "code", code)
                .counter()
                .count();
    }
}
