package dev.earshot.fetcher.peaks;

import dev.earshot.fetcher.store.AudioToStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * MP3 by ffmpeg, in a process of its own: what a recording does to a decoder it does not do to us. The process gets no
 * input but the file, none of our environment (which holds credentials), and no more time than it is given.
 */
final class FfmpegDecoder implements Decoder, AutoCloseable {
    /** Telephone audio has nothing above 4 kHz. */
    private static final int SAMPLE_RATE = 8000;

    private static final int ERROR_BYTES = 2000;
    /** What a program needs to run; Java itself finds it with our own PATH. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "LD_LIBRARY_PATH");

    private final List<String> program;
    private final Duration timeout;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param program the command without its arguments */
    FfmpegDecoder(List<String> program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    @Override
    public Waveform decode(AudioToStore audio, BooleanSupplier wanted) throws IOException {
        Process process = start(audio);
        // Not its exit: to kill it closes its output, and what it wrote before it ended is still to be read.
        CompletableFuture<Void> inTime = new CompletableFuture<>();
        var ignored = inTime.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    kill(process);
                    return null;
                });
        CompletableFuture<String> said = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> said.complete(firstOf(process.getErrorStream())));
        try {
            Waveform waveform = new Waveform(audio.durationMillis(), audio.channels(), SAMPLE_RATE);
            long frames = waveform.read(process.getInputStream(), wanted);
            requireSuccess(process, said);
            if (frames == 0) {
                throw new IOException("ffmpeg found no sound");
            }
            return waveform;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw inTime.isCompletedExceptionally() ? tooLate(e) : e;
        } finally {
            inTime.complete(null);
            kill(process);
            running.remove(process);
        }
    }

    /** At the end of our own process, which its children would survive. */
    @Override
    public void close() {
        closed = true;
        running.forEach(FfmpegDecoder::kill);
    }

    /** With what it began itself: it may be a script, and the pipe stays open as long as anybody holds it. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Process start(AudioToStore audio) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(audio));
        builder.environment().keySet().retainAll(ENVIRONMENT);
        Process process = builder.start();
        running.add(process);
        if (closed) {
            kill(process);
        }
        process.getOutputStream().close();
        return process;
    }

    /** The demuxer is named and the protocols are few: a file that claims to be a playlist fetches nothing. */
    private List<String> command(AudioToStore audio) {
        List<String> arguments = List.of(
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
                // With its protocol, or a colon in the folder's name would be one.
                "file:" + audio.file().toAbsolutePath(),
                "-map",
                "0:a:0",
                "-vn",
                "-f",
                "s16le",
                "-ac",
                Integer.toString(audio.channels()),
                "-ar",
                Integer.toString(SAMPLE_RATE),
                "-");
        return Stream.concat(program.stream(), arguments.stream()).toList();
    }

    private IOException tooLate(IOException cause) {
        return new IOException("ffmpeg did not end within " + timeout, cause);
    }

    private static void requireSuccess(Process process, CompletableFuture<String> said)
            throws IOException, InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("ffmpeg ended with " + code + ": " + said.join());
        }
    }

    /** The beginning of what it complains of; the rest is read and forgotten, or it would wait for us. */
    private static String firstOf(InputStream errors) {
        try (errors) {
            String first = new String(errors.readNBytes(ERROR_BYTES), StandardCharsets.UTF_8);
            long ignored = errors.transferTo(OutputStream.nullOutputStream());
            return first.replaceAll("\\s+", " ").strip();
        } catch (IOException e) {
            return "";
        }
    }
}
