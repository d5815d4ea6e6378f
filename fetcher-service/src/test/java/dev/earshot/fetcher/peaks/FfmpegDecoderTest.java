package dev.earshot.fetcher.peaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earshot.fetcher.store.AudioToStore;
import dev.earshot.fetcher.system.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On scripts in its place: what ffmpeg itself makes of a recording is seen where the whole fetcher runs. */
@Timeout(60)
class FfmpegDecoderTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final String LOUD = "head -c 800 /dev/zero; printf '\\377\\177%.0s' 1 2 3;";

    @TempDir
    Path directory;

    private AudioToStore audio;

    @BeforeEach
    void audio() throws IOException {
        audio = Sounds.audio(directory.resolve("a.download"), new byte[10], "audio/mpeg", 100, 1);
    }

    @Test
    void whatItWritesIsDrawn() throws Exception {
        FfmpegDecoder decoder = decoder(LOUD, LONG);

        assertThat(Drawn.of(decoder.decode(audio, () -> true)).peaks(0)).containsExactly(0, 255);
    }

    @Test
    void itIsToldToReadThisFileAsMp3AndNothingElse() throws Exception {
        Path told = directory.resolve("told");
        FfmpegDecoder decoder = decoder("for each; do echo \"$each\"; done > " + told + ";" + LOUD, LONG);

        Waveform ignored = decoder.decode(audio, () -> true);

        assertThat(Files.readAllLines(told))
                .containsExactly(
                        "-nostdin",
                        "-hide_banner",
                        "-loglevel",
                        "error",
                        "-threads",
                        "1",
                        "-protocol_whitelist",
                        "file,pipe",
                        "-f",
                        "mp3",
                        "-i",
                        "file:" + audio.file(),
                        "-map",
                        "0:a:0",
                        "-vn",
                        "-f",
                        "s16le",
                        "-ac",
                        "1",
                        "-ar",
                        "8000",
                        "-");
    }

    @Test
    void itSeesNoneOfOurSecrets() throws Exception {
        Path seen = directory.resolve("seen");
        FfmpegDecoder decoder = decoder("env > " + seen + ";" + LOUD, LONG);

        Waveform ignored = decoder.decode(audio, () -> true);

        // What a shell sets for itself is none of ours.
        assertThat(Files.readAllLines(seen))
                .isNotEmpty()
                .allMatch(line -> line.matches("(PATH|LD_LIBRARY_PATH|PWD|OLDPWD|SHLVL|_)=.*"));
    }

    @Test
    void itsExitCodeCountsWhateverItWrote() {
        FfmpegDecoder decoder = decoder(LOUD + "echo 'no such luck' >&2; exit 3", LONG);

        assertThatThrownBy(() -> decoder.decode(audio, () -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3")
                .hasMessageContaining("no such luck");
    }

    @Test
    void nothingButSilenceOnItsPipeIsAFailure() {
        FfmpegDecoder decoder = decoder("exit 0", LONG);

        assertThatThrownBy(() -> decoder.decode(audio, () -> true)).hasMessageContaining("no sound");
    }

    @Test
    void howeverMuchItComplainsItIsReadAndForgotten() {
        FfmpegDecoder decoder = decoder("head -c 5000000 /dev/zero | tr '\\0' 'x' >&2; exit 1", LONG);

        assertThatThrownBy(() -> decoder.decode(audio, () -> true))
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeBetween(1000, 2100));
    }

    @Test
    void itIsKilledWithAllItBeganWhenItsTimeIsOver() {
        // The child holds the pipe open after its parent is gone.
        FfmpegDecoder decoder = decoder("tail -f /dev/null", Duration.ofMillis(300));

        assertThatThrownBy(() -> decoder.decode(audio, () -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not end");
        assertThat(ofOurs()).isEmpty();
    }

    @Test
    void itIsKilledWhenNobodyWantsItAnyMore() {
        FfmpegDecoder decoder = decoder("cat /dev/zero", LONG);

        assertThatThrownBy(() -> decoder.decode(audio, () -> false))
                .isInstanceOf(java.util.concurrent.CancellationException.class);

        assertThat(ofOurs()).isEmpty();
    }

    @Test
    void itDoesNotOutliveUs() throws Exception {
        Path begun = directory.resolve("begun");
        FfmpegDecoder decoder = decoder("touch " + begun + "; tail -f /dev/null", LONG);
        CompletableFuture<Waveform> decoding = CompletableFuture.supplyAsync(() -> {
            try {
                return decoder.decode(audio, () -> true);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        Await.until("it runs", () -> Files.exists(begun));

        decoder.close();

        assertThatThrownBy(decoding::join).hasCauseInstanceOf(IOException.class);
        assertThat(ofOurs()).isEmpty();
    }

    @Test
    void aProgramThatCannotBeStartedIsAFailure() {
        FfmpegDecoder decoder =
                new FfmpegDecoder(List.of(directory.resolve("none").toString()), LONG);

        assertThatThrownBy(() -> decoder.decode(audio, () -> true)).isInstanceOf(IOException.class);
    }

    /** Processes that still run for us; a killed one may show for a moment longer. */
    private List<Long> ofOurs() {
        String program = directory.resolve("ffmpeg").toString();
        List<ProcessHandle> children = ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains(program))
                .toList();
        children.forEach(each -> each.onExit().join());
        return ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("tail -f /dev/null"))
                .map(ProcessHandle::pid)
                .toList();
    }

    private FfmpegDecoder decoder(String script, Duration timeout) {
        try {
            Path program = Files.writeString(directory.resolve("ffmpeg"), "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            return new FfmpegDecoder(List.of(program.toString()), timeout);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
