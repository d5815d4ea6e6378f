package dev.earshot.fetcher.peaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegProgramTest {
    @TempDir
    Path directory;

    @Test
    void aNameIsLookedForInTheFoldersInTheirOrder() throws IOException {
        Path first = program("first", "ffmpeg");
        Path second = program("second", "ffmpeg");

        assertThat(FfmpegProgram.find("ffmpeg", directory + "/none:" + first.getParent() + ":" + second.getParent()))
                .contains(first);
    }

    @Test
    void aPathIsTakenAsItIs() throws IOException {
        Path program = program("first", "my-ffmpeg");

        assertThat(FfmpegProgram.find(program.toString(), "")).contains(program);
        assertThat(FfmpegProgram.find(directory + "/none", directory.toString()))
                .isEmpty();
    }

    @Test
    void itIsRunBehindOthersWhereTheSystemCan() throws IOException {
        Path program = program("first", "ffmpeg");
        String folder = directory.resolve("first").toString();

        assertThat(FfmpegProgram.command("ffmpeg", folder)).contains(List.of(program.toString()));

        Path nice = program("first", "nice");
        assertThat(FfmpegProgram.command("ffmpeg", folder))
                .contains(List.of(nice.toString(), "-n", "10", program.toString()));
        assertThat(FfmpegProgram.command("none", folder)).isEmpty();
    }

    @Test
    void whatCannotRunIsNotFound() throws IOException {
        Path program = program("first", "ffmpeg");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("---------"));
        Files.createDirectories(directory.resolve("second").resolve("ffmpeg"));

        // Whoever is root may do anything but run what nobody may run.
        assertThat(FfmpegProgram.find("ffmpeg", program.getParent() + ":" + directory.resolve("second")))
                .isEmpty();
        assertThat(FfmpegProgram.find("ffmpeg", "")).isEmpty();
    }

    private Path program(String folder, String name) throws IOException {
        Path program = Files.createDirectories(directory.resolve(folder)).resolve(name);
        Files.writeString(program, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
