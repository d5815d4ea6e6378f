package dev.earshot.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.Facts;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTemplateTest {
    private static final Instant WINTER = Instant.parse("2026-01-31T23:30:05Z");
    private static final String RE = "RE" + "1".repeat(32);
    private static final String CA = "CA" + "2".repeat(32);
    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource({
        "{startedAt}-{callSid}-{recordingSid}.{extension},2026-01-31T23-30-05-CA-RE.mp3",
        "{date} {time} {tenant}.{extension},2026-01-31 23-30-05 acme.mp3",
        "{recordingSid}.{extension},RE.mp3",
        "שיחה {date}.{extension},שיחה 2026-01-31.mp3",
        "call,call",
    })
    void aNameIsMadeOfTheCallsTimeAndSids(String template, String name) {
        assertThat(name(template, WINTER)).isEqualTo(name.replace("CA", CA).replace("RE", RE));
    }

    @ParameterizedTest
    @CsvSource({"Asia/Jerusalem,2026-02-01T01-30-05", "America/New_York,2026-01-31T18-30-05", "Z,2026-01-31T23-30-05"})
    void timesAreInTheConfiguredZone(String zone, String time) {
        FileNameTemplate template = new FileNameTemplate("{startedAt}.{extension}", ZoneId.of(zone));

        assertThat(template.name(recording(WINTER), "audio/mpeg")).isEqualTo(time + ".mp3");
    }

    @ParameterizedTest
    @CsvSource({
        "{startedAt}-{callSid}-{recordingSid}.{extension},CA-RE.mp3",
        "{recordingSid}-{startedAt}.{extension},RE.mp3",
        "{date}-{time}-{recordingSid}.{extension},RE.mp3",
        "{recordingSid}_{date}_{time}.{extension},RE.mp3",
        "{startedAt},RE",
        "{startedAt}.{extension},mp3",
    })
    void whatIsNotKnownIsLeftOutWithItsSeparator(String template, String name) {
        assertThat(name(template, null)).isEqualTo(name.replace("CA", CA).replace("RE", RE));
    }

    @ParameterizedTest
    @CsvSource({"con.{extension},_con.mp3", "NUL,_NUL", "lpt1.{extension},_lpt1.mp3", "..call.,call", "console,console"
    })
    void noNameIsADeviceOrHidden(String template, String name) {
        assertThat(name(template, WINTER)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "audio/mpeg,mp3",
        "Audio/MPEG,mp3",
        "audio/x-wav,wav",
        "audio/wav,wav",
        "audio/vnd.wave,wav",
        "audio/mp4,m4a",
        "audio/ogg,ogg",
        "audio/x-flac,flac",
        "audio/../../etc,etc",
        "audio/,audio",
        "audio/something-very-long,audio"
    })
    void theExtensionFollowsTheMediaType(String type, String extension) {
        assertThat(FileNameTemplate.extension(type)).isEqualTo(extension);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{phone}.{extension} | {phone}",
                "{}.{extension} | {}",
                "{StartedAt} | {StartedAt}",
                "{startedAt | brace",
                "startedAt} | brace",
                "{{startedAt}} | brace",
                "calls/{callSid} | character",
                "calls\\{callSid} | character",
                "{date}:{time} | character",
                "\"{date}\" | character",
            },
            quoteCharacter = '\'')
    void aTemplateThatCannotWorkIsRefused(String template, String why) {
        assertThatThrownBy(() -> new FileNameTemplate(template, UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000b", "a\r\nSet-Cookie: x", "a\u202Egpm.exe", "a\u200Bb", "a\u2028b"})
    void emptyAndInvisibleIsRefused(String template) {
        assertThatThrownBy(() -> new FileNameTemplate(template, UTC)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatFileSystemsCannotTakeIsRefused() {
        assertThat(new FileNameTemplate("x".repeat(200), UTC)).isNotNull();
        assertThatThrownBy(() -> new FileNameTemplate("x".repeat(201), UTC)).hasMessageContaining("200 bytes");
        assertThatThrownBy(() -> new FileNameTemplate("ש".repeat(101), UTC)).hasMessageContaining("200 bytes");
        assertThatThrownBy(() -> new FileNameTemplate("{recordingSid}".repeat(6), UTC))
                .hasMessageContaining("200 bytes");
        assertThatThrownBy(() -> new FileNameTemplate("{tenant}".repeat(4), UTC))
                .hasMessageContaining("200 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call.mp3 | attachment; filename=\"call.mp3\"; filename*=UTF-8''call.mp3",
                "a b.mp3 | attachment; filename=\"a b.mp3\"; filename*=UTF-8''a%20b.mp3",
                "Gespräch.mp3 | attachment; filename=\"Gesprach.mp3\"; filename*=UTF-8''Gespr%C3%A4ch.mp3",
                "שיחה.mp3 | attachment; filename=\"____.mp3\"; filename*=UTF-8''%D7%A9%D7%99%D7%97%D7%94.mp3",
                "50%.mp3 | attachment; filename=\"50_.mp3\"; filename*=UTF-8''50%25.mp3",
                "it's (1).mp3 | attachment; filename=\"it's (1).mp3\"; filename*=UTF-8''it%27s%20%281%29.mp3",
                "€ rates.mp3 | attachment; filename=\"_ rates.mp3\"; filename*=UTF-8''%E2%82%AC%20rates.mp3",
            },
            quoteCharacter = '`')
    void theHeaderCarriesTheNameTwice(String name, String header) {
        assertThat(Disposition.attachment(name)).isEqualTo(header);
    }

    private static String name(String template, @Nullable Instant began) {
        return new FileNameTemplate(template, UTC).name(recording(began), "audio/mpeg");
    }

    private static Recording recording(@Nullable Instant began) {
        return new Recording(
                new RecordingKey(new Tenant("acme"), new RecordingSid(RE)),
                new AccountSid("AC" + "3".repeat(32)),
                new CallSid(CA),
                new Facts(Optional.ofNullable(began), OptionalInt.empty(), OptionalInt.empty()),
                1,
                1,
                new RecordingState.Registered(),
                WINTER,
                Optional.empty());
    }
}
