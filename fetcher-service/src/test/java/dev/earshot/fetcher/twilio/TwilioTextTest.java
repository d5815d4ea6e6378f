package dev.earshot.fetcher.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.RecordingSid;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs and headers that we write, and those of Twilio's that we read. */
class TwilioTextTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "a".repeat(32));
    private static final RecordingSid RECORDING = new RecordingSid("RE" + "b".repeat(32));

    @Test
    void theMediaUrlIsBuiltFromSids() {
        URI url = MediaUrl.of(URI.create("https://api.dublin.ie1.twilio.com"), ACCOUNT, RECORDING, AudioFormat.WAV, 2);

        assertThat(url)
                .hasToString("https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/" + ACCOUNT + "/Recordings/"
                        + RECORDING + ".wav?RequestedChannels=2");
    }

    @Test
    void mp3HasItsExtension() {
        URI url = MediaUrl.of(URI.create("http://127.0.0.1:8084/"), ACCOUNT, RECORDING, AudioFormat.MP3, 1);

        assertThat(url.getPath()).endsWith(".mp3");
    }

    @Test
    void credentialsGoIntoTheHeaderAndNowhereElse() {
        TwilioAccount account =
                new TwilioAccount(ACCOUNT, "SK" + "1".repeat(32), "päss:word", URI.create("https://api.twilio.com"));

        assertThat(account.basicAuthorization()).startsWith("Basic ");
        assertThat(account.toString()).doesNotContain("word").contains(ACCOUNT.value());
    }

    @ParameterizedTest
    @CsvSource({"5,5", "0,0", " 7 ,7", "99999999,86400", "'Sun, 01 Mar 2026 12:00:30 GMT',30"})
    void retryAfterIsSecondsOrADate(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void aDatePastMeansNow() {
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 11:00:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999"})
    void rubbishIsNoRetryAfter(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException><Code>20404</Code><Message>x</Message>",
                "\uFEFF<TwilioResponse><RestException><Code> 20404 </Code></RestException></TwilioResponse>",
                "{\"code\":20404,\"message\":\"not found\",\"status\":404}",
                "{\"details\":{\"code\":1},\"code\":\"20404\",\"mess",
                "  {\"message\":\"a\",\"code\": 20404}"
            })
    void theCodeIsReadFromAPrefix(String body) {
        assertThat(ErrorBody.twilioCode(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(OptionalInt.of(20404));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><head><title>502</title></head></html>",
                "<TwilioResponse><RestException><Co",
                "{\"details\":{\"code\":1}}",
                "{\"code\":null}",
                "ID3",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><TwilioResponse><RestException><Code>&e;</Code>",
                "<!DOCTYPE x [<!ENTITY a \"20404\">]><TwilioResponse><RestException><Code>&a;</Code></RestException></TwilioResponse>"
            })
    void noCodeIsInventedAndNoEntityResolved(String body) {
        assertThat(ErrorBody.twilioCode(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
