package dev.earshot.e2e;

import static dev.earshot.e2e.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.e2e.support.Browser;
import dev.earshot.e2e.support.ConsolePage;
import dev.earshot.e2e.support.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of a newcomer through the console, in a real browser, against the gateway, the provider, the simulator and all behind them. */
class ConsoleTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @Test
    void from_a_simulated_call_to_its_waveform_and_sound_within_a_minute_and_gone_for_good_when_it_is_deleted() {
        try (Browser.Session browser = Browser.CHROMIUM.start()) {
            ConsolePage page = ConsolePage.signIn(browser, "administers acme");
            List<String> before = page.calls();
            long began = System.nanoTime();

            page.click("Place a simulated call");
            String call = newcomer(page, before);
            page.click("^Play", call);

            page.shows(now -> {
                assertThat(now.path("isPlaying").asBoolean()).as("%s", now).isTrue();
                assertThat(now.path("time").asDouble()).isPositive();
                assertThat(now.path("hasWaveform").asBoolean()).as("%s", now).isTrue();
            });
            Duration taken = Duration.ofNanos(System.nanoTime() - began);
            System.out.printf("From the click on a call to its sound and waveform: %d ms%n", taken.toMillis());
            assertThat(taken).isLessThan(A_MINUTE);

            assertThat(Listener.of("acme").info(call).statusCode()).isEqualTo(200);
            page.click("^Delete", call);
            page.click("Delete for good");
            eventually(() ->
                    assertThat(Listener.of("acme").info(call).statusCode()).isIn(404, 410));
            page.shows(now -> assertThat(now.path("isPlaying").asBoolean()).isFalse());
            assertThat(page.violations()).isEmpty();

            assertThat(page.status("/console/session")).isEqualTo(200);
            page.click("Sign out");
            eventually(() -> assertThat(page.address()).endsWith("/console/signed-out"));
            page.open();
            assertThat(page.address()).as("at the provider").contains("/authorize?");
        }
    }

    private static String newcomer(ConsolePage page, List<String> before) {
        List<String> more = new ArrayList<>();
        eventually(() -> {
            more.clear();
            more.addAll(page.calls());
            more.removeAll(before);
            assertThat(more).hasSize(1);
        });
        return more.getFirst();
    }
}
