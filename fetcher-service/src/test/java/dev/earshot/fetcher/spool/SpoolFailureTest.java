package dev.earshot.fetcher.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpoolFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), "is full"),
                Arguments.of(new IOException("Disk quota exceeded"), "is full"),
                Arguments.of(new NoSuchFileException("/spool/x"), "is gone"),
                Arguments.of(new AccessDeniedException("/spool/x"), "let the fetcher write"),
                Arguments.of(new FileSystemException("/spool/x", "", "Read-only file system"), "check its mount"),
                Arguments.of(new FileSystemException("/spool/x", "", "Not a directory"), "check its mount"),
                Arguments.of(new IOException("Input/output error"), "look at the disk"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anOperatorReadsWhatToDo(Exception failure, String advice) {
        String detail = SpoolFailure.detail(new IllegalStateException("around it", failure));

        assertThat(detail).contains(advice).contains("earshot.spool.").doesNotContain("/spool/");
    }
}
