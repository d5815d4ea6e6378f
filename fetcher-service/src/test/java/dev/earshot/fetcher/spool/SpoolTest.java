package dev.earshot.fetcher.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @Test
    void whatAnEarlierProcessLeftIsEmptiedAndNothingElse(@TempDir Path directory) throws IOException {
        Path left = Files.writeString(directory.resolve("old.download"), "x");
        Path foreign = Files.writeString(directory.resolve("precious.txt"), "x");

        var ignored = new Spool(directory, 10);

        assertThat(left).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void aClosedFileIsGoneAndItsShareFree(@TempDir Path directory) throws IOException {
        Spool spool = new Spool(directory, 10);
        SpoolFile file = spool.create();
        assertThat(file.hold(10)).isTrue();
        Files.writeString(file.path(), "0123456789");

        file.close();
        file.close();

        assertThat(file.path()).doesNotExist();
        assertThat(spool.create().hold(10)).isTrue();
    }

    @Test
    void aClosedFileStaysWithItsShareUntilItsLastReaderIsDone(@TempDir Path directory) throws IOException {
        Spool spool = new Spool(directory, 10);
        SpoolFile file = spool.create();
        assertThat(file.hold(10)).isTrue();
        Files.writeString(file.path(), "0123456789");
        SpoolFile.Reader first = file.read();
        SpoolFile.Reader second = file.read();

        file.close();
        first.close();
        first.close();

        assertThat(file.path()).exists();
        assertThat(spool.create().hold(1)).isFalse();
        second.close();
        assertThat(file.path()).doesNotExist();
        assertThat(spool.create().hold(10)).isTrue();
    }

    @Test
    void aReaderThatIsDoneLeavesAnOpenFileAlone(@TempDir Path directory) throws IOException {
        SpoolFile file = new Spool(directory, 10).create();
        Files.writeString(file.path(), "x");

        file.read().close();

        assertThat(file.path()).exists();
        file.close();
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void theBudgetIsSharedByAllFiles(@TempDir Path directory) {
        Spool spool = new Spool(directory, 10);
        SpoolFile first = spool.create();
        SpoolFile second = spool.create();
        assertThat(first.hold(8)).isTrue();

        assertThat(second.hold(3)).isFalse();
        assertThat(second.hold(2)).isTrue();
    }

    @Test
    void aSecondDownloadIntoTheSameFileBeginsAtZero(@TempDir Path directory) {
        SpoolFile file = new Spool(directory, 10).create();
        assertThat(file.hold(8)).isTrue();

        file.reset();

        assertThat(file.hold(10)).isTrue();
    }

    @Test
    void roomThatWasTakenForADeclaredLengthIsNotTakenAgain(@TempDir Path directory) {
        Spool spool = new Spool(directory, 10);
        SpoolFile declared = spool.create();
        assertThat(declared.hold(8)).isTrue();

        assertThat(declared.hold(3)).isTrue();

        assertThat(spool.create().hold(3)).isFalse();
        assertThat(spool.create().hold(2)).isTrue();
    }

    @Test
    void aClosedFileTakesNoRoom(@TempDir Path directory) {
        Spool spool = new Spool(directory, 10);
        SpoolFile file = spool.create();
        file.close();

        assertThat(file.hold(1)).isFalse();

        assertThat(spool.create().hold(10)).isTrue();
    }

    @Test
    void aFolderThatCannotBeUsedNamesItsKey(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> new Spool(file, 10)).hasMessageContaining("earshot.spool.directory");
    }

    @Property
    void theBudgetIsNeverOverdrawn(@ForAll List<@IntRange(max = 50) Integer> asks) {
        SpoolBudget budget = new SpoolBudget(100);
        long taken = 0;
        for (int ask : asks) {
            taken += budget.take(ask) ? ask : 0;
            assertThat(budget.usedBytes()).isEqualTo(taken).isLessThanOrEqualTo(100);
        }
        budget.giveBack(taken);
        assertThat(budget.usedBytes()).isZero();
    }
}
