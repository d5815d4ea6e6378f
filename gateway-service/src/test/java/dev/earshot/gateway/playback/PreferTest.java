package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {
    private static final Duration CAP = Duration.ofSeconds(25);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10|10",
                "wait=0|0",
                "wait=25|25",
                "wait=26|25",
                "wait=999999999999|25",
                "WAIT=7|7",
                "wait = 7|7",
                "wait=\"7\"|7",
                "wait=7; foo=bar|7",
                "respond-async, wait=7|7",
                "wait=7, wait=9|7",
                "waitx=1, wait=5|5",
                "return=minimal,wait=3|3"
            })
    void seconds(String header, long expected) {
        assertThat(Prefer.waitAtMost(List.of(header), CAP)).contains(Duration.ofSeconds(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"wait", "wait=", "wait=abc", "wait=-1", "wait=1.5", "respond-async", "wait=99999999999999999999"})
    void ignored(String header) {
        assertThat(Prefer.waitAtMost(List.of(header), CAP)).isEqualTo(Optional.empty());
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(Prefer.waitAtMost(List.of("respond-async", "wait=4"), CAP)).contains(Duration.ofSeconds(4));
    }

    @Test
    void noHeaderNoWait() {
        assertThat(Prefer.waitAtMost(List.of(), CAP)).isEmpty();
    }
}
