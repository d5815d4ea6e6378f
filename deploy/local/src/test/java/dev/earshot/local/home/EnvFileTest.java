package dev.earshot.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    private Path folder;

    @Test
    void what_is_written_is_read_and_readable_by_its_owner_alone() throws Exception {
        Path file = folder.resolve("gateway.env");
        Map<String, String> variables = Map.of("EARSHOT_STORE_BUCKET", "calls", "SECRET", "a=b #c 'd'");

        EnvFile.write(file, variables);

        assertThat(EnvFile.read(file)).isEqualTo(variables);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void comments_and_empty_lines_are_passed_over() throws Exception {
        Path file = Files.writeString(folder.resolve("shared.env"), "# the store\n\n#KEY=default\nKEY=value\n");

        assertThat(EnvFile.read(file)).isEqualTo(Map.of("KEY", "value"));
    }

    @Test
    void a_line_that_is_none_is_named_and_not_repeated() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.env"), "KEY=value\npassword: hunter2\n");

        assertThatThrownBy(() -> EnvFile.read(file))
                .isInstanceOf(StackFailure.class)
                .hasMessage(file + ", line 2: is not NAME=value");
    }

    @Test
    void keys_become_variables_by_the_rule_of_the_services() {
        assertThat(EnvFile.variable("quarkus.s3.endpoint-override")).isEqualTo("QUARKUS_S3_ENDPOINT_OVERRIDE");
    }
}
