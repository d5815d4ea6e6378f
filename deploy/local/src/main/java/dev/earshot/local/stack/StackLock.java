package dev.earshot.local.stack;

import dev.earshot.local.home.StackFailure;
import dev.earshot.local.home.StackHome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One stack per home folder. The operating system takes the lock away from a dead process, however it died. */
final class StackLock implements AutoCloseable {
    private final StackHome home;
    private final FileChannel channel;

    private StackLock(StackHome home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    static StackLock take(StackHome home) throws IOException, StackFailure {
        FileChannel channel =
                FileChannel.open(home.run("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new StackFailure("A stack is running already in " + home.root() + running(home)
                    + ". Stop it with ./earshot down, or use another folder: ./earshot up --home DIR --ports free");
        }
        Files.writeString(home.run("stack.pid"), ProcessHandle.current().pid() + "\n");
        Files.deleteIfExists(home.stackFile());
        return new StackLock(home, channel);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(home.stackFile());
        Files.deleteIfExists(home.run("stack.pid"));
        channel.close();
    }

    private static String running(StackHome home) {
        Path file = home.run("stack.pid");
        try {
            return Files.exists(file) ? " (process " + Files.readString(file).strip() + ")" : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
