package dev.earshot.e2e.support;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Many listeners of one recording, each of whom takes so many bytes a second and no more. */
public final class Crowd implements AutoCloseable {
    private static final int TICKS_PER_SECOND = 10;

    private final List<RawStream> streams;
    private final ByteBuffer bite;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile long least;

    /** @param receiveBufferBytes what the operating system may take for each of them; 0 is its own default */
    public Crowd(Listener listener, String recordingSid, int size, int bytesPerSecond, int receiveBufferBytes) {
        streams = IntStream.range(0, size)
                .mapToObj(nth -> RawStream.open(listener, recordingSid, "", receiveBufferBytes))
                .toList();
        bite = ByteBuffer.allocate(bytesPerSecond / TICKS_PER_SECOND);
        var ignored = clock.scheduleAtFixedRate(this::listen, 0, 1000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    private void listen() {
        try {
            streams.forEach(stream -> stream.readSome(bite));
            least = streams.stream().mapToLong(RawStream::readBytes).min().orElseThrow();
        } catch (Throwable e) {
            failure.set(e);
            throw e;
        }
    }

    /** What the one with the fewest bytes has; fails if a stream was broken. */
    public long leastBytes() {
        Throwable broken = failure.get();
        if (broken != null) {
            throw new AssertionError("a listener lost the stream", broken);
        }
        return least;
    }

    @Override
    public void close() {
        clock.close();
        streams.forEach(RawStream::close);
    }
}
