package dev.earshot.gateway.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earshot.events.AccountSid;
import dev.earshot.events.CallSid;
import dev.earshot.events.RecordingKey;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.events.StoredObject;
import dev.earshot.events.Tenant;
import dev.earshot.gateway.recording.Facts;
import dev.earshot.gateway.recording.Recording;
import dev.earshot.gateway.recording.RecordingState;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64StreamTest {
    private final Source source = new Source();
    private final Buffer got = Buffer.buffer();
    private final List<String> ends = new ArrayList<>();

    /** Sizes around the groups of three, and chunks that cut them everywhere. */
    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,1", "3,2", "4,3", "5,4", "6,5", "10,7", "1000,1", "1000,7", "1000,999", "1001,1001"})
    void whateverTheChunksTheDocumentIsTheSame(int size, int chunk) {
        byte[] audio = audio(size);
        DataFrame frame = frame(size);
        listen(frame);

        for (int from = 0; from < size; from += chunk) {
            source.handler.handle(Buffer.buffer(Arrays.copyOfRange(audio, from, Math.min(size, from + chunk))));
        }
        source.endHandler.handle(null);

        assertThat(ends).containsExactly("end");
        assertThat((long) got.length()).isEqualTo(frame.length());
        JsonObject document = new JsonObject(got);
        assertThat(Base64.getDecoder().decode(document.getString("data"))).isEqualTo(audio);
        assertThat(document.getString("fileName")).isEqualTo("it's \"quoted\" – ש.mp3");
        assertThat(document.getLong("sizeBytes")).isEqualTo(size);
        assertThat(document.fieldNames())
                .containsExactly("recordingSid", "callSid", "contentType", "fileName", "sizeBytes", "sha256", "data");
    }

    /** One byte more or less may give a text of the same length. */
    @ParameterizedTest
    @ValueSource(ints = {0, 9, 11, 12})
    void anotherSizeThanAnnouncedIsAFailure(int given) {
        listen(frame(10));

        source.handler.handle(Buffer.buffer(audio(given)));
        source.endHandler.handle(null);

        assertThat(ends).containsExactly("failure");
    }

    @Test
    void pausingPausesTheSource() {
        Base64Stream stream = listen(frame(10));

        stream.pause();
        stream.resume();
        stream.fetch(3);

        assertThat(source.calls).containsExactly("pause", "resume", "fetch 3");
    }

    private Base64Stream listen(DataFrame frame) {
        Base64Stream stream = new Base64Stream(source, frame);
        stream.exceptionHandler(failure -> ends.add("failure"))
                .endHandler(end -> ends.add("end"))
                .handler(got::appendBuffer);
        return stream;
    }

    private static byte[] audio(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static DataFrame frame(int size) {
        Recording recording = new Recording(
                new RecordingKey(new Tenant("acme"), new RecordingSid("RE" + "1".repeat(32))),
                new AccountSid("AC" + "3".repeat(32)),
                new CallSid("CA" + "2".repeat(32)),
                Facts.NONE,
                1,
                1,
                new RecordingState.Registered(),
                Instant.EPOCH,
                Optional.empty());
        StoredObject object = new StoredObject("bucket", "key", size, new Sha256("0".repeat(64)), "etag", "audio/mpeg");
        return DataFrame.of(recording, object, "it's \"quoted\" – ש.mp3");
    }

    /** Gives what the test tells it to. */
    private static final class Source implements ReadStream<Buffer> {
        private final List<String> calls = new ArrayList<>();
        private Handler<Buffer> handler = bytes -> {};
        private Handler<Void> endHandler = end -> {};

        @Override
        public Source exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Source handler(@Nullable Handler<Buffer> handler) {
            this.handler = java.util.Objects.requireNonNull(handler);
            return this;
        }

        @Override
        public Source endHandler(@Nullable Handler<Void> handler) {
            this.endHandler = java.util.Objects.requireNonNull(handler);
            return this;
        }

        @Override
        public Source pause() {
            calls.add("pause");
            return this;
        }

        @Override
        public Source resume() {
            calls.add("resume");
            return this;
        }

        @Override
        public Source fetch(long amount) {
            calls.add("fetch " + amount);
            return this;
        }
    }
}
