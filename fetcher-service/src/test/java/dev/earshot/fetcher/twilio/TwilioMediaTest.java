package dev.earshot.fetcher.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.earshot.events.AccountSid;
import dev.earshot.events.AudioFormat;
import dev.earshot.events.RecordingSid;
import dev.earshot.events.Sha256;
import dev.earshot.fetcher.failure.Trouble;
import dev.earshot.fetcher.failure.Trouble.ConnectionFailed;
import dev.earshot.fetcher.failure.Trouble.CutShort;
import dev.earshot.fetcher.failure.Trouble.NotAudio;
import dev.earshot.fetcher.failure.Trouble.RedirectRefused;
import dev.earshot.fetcher.failure.Trouble.RefusedAnswer;
import dev.earshot.fetcher.failure.Trouble.SpoolFailed;
import dev.earshot.fetcher.failure.Trouble.SpoolFull;
import dev.earshot.fetcher.failure.Trouble.TimedOut;
import dev.earshot.fetcher.failure.Trouble.TooLarge;
import dev.earshot.fetcher.failure.TroubleException;
import dev.earshot.fetcher.spool.Spool;
import dev.earshot.fetcher.spool.SpoolFile;
import dev.earshot.fetcher.spool.Spools;
import dev.earshot.fetcher.system.Await;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The media adapter against a raw socket, which can misbehave in ways that no HTTP server would. */
class TwilioMediaTest {
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    private static final RecordingSid RECORDING = new RecordingSid("RE" + "2".repeat(32));
    private static final long CAP = 100_000;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private Vertx downloads = vertx;
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private NetServer server = vertx.createNetServer();
    private TwilioMedia media = new TwilioMedia(vertx, new TestRules(), Clock.systemUTC());

    @AfterEach
    void stop() throws Exception {
        media.close();
        downloads.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aDeclaredBodyIsSpooledAndHashed() throws Exception {
        serve((socket, n) -> socket.write(OK + "Content-Length: 5\r\n\r\nhello"));

        Download download = download();

        assertThat(Files.readString(download.file().path())).isEqualTo("hello");
        assertThat(download.sizeBytes()).isEqualTo(5);
        assertThat(download.sha256()).isEqualTo(sha256("hello"));
    }

    @Test
    void theRequestCarriesCredentialsAndAsksForPlainBytes() throws Exception {
        serve((socket, n) -> socket.write(OK + "Content-Length: 5\r\n\r\nhello"));

        download();

        assertThat(requests.peek())
                .startsWith("GET /2010-04-01/Accounts/" + ACCOUNT + "/Recordings/" + RECORDING
                        + ".mp3?RequestedChannels=2 HTTP/1.1")
                .containsIgnoringCase("authorization: basic ")
                .containsIgnoringCase("accept-encoding: identity\r\n");
    }

    @Test
    void aChunkedBodyNeedsNoLength() throws Exception {
        serve((socket, n) -> socket.write(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));

        assertThat(download().sizeBytes()).isEqualTo(5);
    }

    @Test
    void aBodyThatIsEncodedAnywayIsDecoded() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        serve((socket, n) -> socket.write(
                Buffer.buffer(OK + "Content-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n")
                        .appendBytes(zipped.toByteArray())));

        assertThat(download().sha256()).isEqualTo(sha256("hello"));
    }

    @Test
    void aShortBodyIsCutShort() {
        serve((socket, n) -> socket.end(Buffer.buffer(OK + "Content-Length: 50\r\n\r\nhello")));

        assertTrouble().isInstanceOf(CutShort.class);
    }

    @Test
    void aCutChunkedBodyIsCutShort() {
        serve((socket, n) -> socket.end(Buffer.buffer(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhe")));

        assertTrouble().isInstanceOf(CutShort.class);
    }

    @Test
    void anEmptyBodyIsNoAudio() {
        serve((socket, n) -> socket.write(OK + "Content-Length: 0\r\n\r\n"));

        assertTrouble().isInstanceOf(NotAudio.class);
    }

    /** Closing it would break off the download that has the connection by then, and cost that one an attempt. */
    @ParameterizedTest
    @ValueSource(strings = {OK + "Content-Length: 0\r\n\r\n", "HTTP/1.1 429 Slow\r\nContent-Length: 4\r\n\r\nslow"})
    void anAnswerThatWasReadToItsEndLeavesItsConnectionToTheNext(String bad) {
        oneEventLoop();
        serve((socket, n) -> socket.write(n == 1 ? bad : OK + "Content-Length: 5\r\n\r\nhello"));

        Download next = start(Spools.in(directory, 10 * CAP).create())
                .onFailure(TroubleException.class)
                .recoverWithUni(() -> start(Spools.in(directory, 10 * CAP).create()))
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(next.sizeBytes()).isEqualTo(5);
        assertThat(requests).hasSize(2);
        assertThat(connections).hasValue(1);
    }

    @Test
    void aPageIsNoAudioAndItsCodeIsRead() {
        String xml = "<TwilioResponse><RestException><Code>20404</Code></RestException></TwilioResponse>";
        serve((socket, n) -> socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: "
                + xml.length() + "\r\n\r\n" + xml));

        assertTrouble()
                .isInstanceOfSatisfying(
                        NotAudio.class, it -> assertThat(it.twilioCode()).hasValue(20404));
    }

    @Test
    void anEndlessErrorBodyIsReadOnlyInPart() {
        serve((socket, n) -> {
            socket.write("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n{\"code\":20404,\"x\":\"");
            socket.write("x".repeat(1_000_000));
        });

        assertTrouble().isInstanceOfSatisfying(RefusedAnswer.class, it -> {
            assertThat(it.status()).isEqualTo(404);
            assertThat(it.twilioCode()).hasValue(20404);
        });
    }

    @Test
    void retryAfterIsHandedOn() {
        serve((socket, n) -> socket.write("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"));

        assertTrouble()
                .isInstanceOfSatisfying(
                        RefusedAnswer.class, it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @Test
    void noAnswerIsATimeOut() {
        serve((socket, n) -> {});

        assertTrouble().isInstanceOf(TimedOut.class);
    }

    @Test
    void aBodyThatStallsIsATimeOut() {
        serve((socket, n) -> socket.write(OK + "Content-Length: 50\r\n\r\nhello"));

        assertTrouble().isInstanceOf(TimedOut.class);
    }

    @Test
    void aClosedConnectionIsAConnectionFailure() {
        serve((socket, n) -> socket.close());

        assertTrouble().isInstanceOf(ConnectionFailed.class);
    }

    @Test
    void aRefusedConnectionIsAConnectionFailure() {
        serve((socket, n) -> {});
        server.close().toCompletionStage().toCompletableFuture().join();

        assertTrouble().isInstanceOf(ConnectionFailed.class);
    }

    @Test
    void aDeclaredLengthOverTheCapIsTooLargeBeforeAByteIsRead() {
        serve((socket, n) -> socket.write(OK + "Content-Length: 100001\r\n\r\n"));

        assertTrouble().isEqualTo(new TooLarge(CAP));
    }

    @Test
    void anUndeclaredBodyOverTheCapIsTooLarge() {
        serve((socket, n) -> socket.write(OK + "\r\n" + "x".repeat((int) CAP + 1)));

        assertTrouble().isEqualTo(new TooLarge(CAP));
    }

    @Test
    void aFullSpoolIsTheSpoolsFailure() {
        serve((socket, n) -> socket.write(OK + "Content-Length: 5\r\n\r\nhello"));

        assertThatThrownBy(() -> download(Spools.in(directory, 4).create()))
                .isInstanceOfSatisfying(
                        TroubleException.class, it -> assertThat(it.trouble()).isInstanceOf(SpoolFull.class));
    }

    @Test
    void aSpoolFolderThatSomebodyTidiedAwayIsMadeAgain() throws Exception {
        serve((socket, n) -> socket.write(OK + "Content-Length: 5\r\n\r\nhello"));
        SpoolFile file = Spools.in(directory.resolve("spool"), CAP).create();
        Files.delete(file.folder());

        Download download = download(file);

        assertThat(download.file().path()).hasContent("hello");
    }

    @Test
    void aSpoolFolderThatCannotBeUsedSaysWhatToDo() throws Exception {
        serve((socket, n) -> socket.write(OK + "Content-Length: 5\r\n\r\nhello"));
        SpoolFile file = Spools.in(directory.resolve("spool"), CAP).create();
        Files.delete(file.folder());
        Files.writeString(file.folder(), "no folder");

        assertThatThrownBy(() -> download(file))
                .isInstanceOfSatisfying(
                        TroubleException.class,
                        it -> assertThat(it.trouble())
                                .asInstanceOf(type(SpoolFailed.class))
                                .extracting(SpoolFailed::detail)
                                .asString()
                                .contains("earshot.spool.directory"));
    }

    /** The body may break off while its file is still being opened, on another thread: a race, so it is run often. */
    @Test
    void howeverEarlyABodyBreaksOffNoFileIsLeft() throws Exception {
        serve((socket, n) -> socket.end(Buffer.buffer(OK + "Content-Length: 50\r\n\r\nhello")));
        Spool spool = Spools.in(directory, 10 * CAP);

        for (int round = 0; round < 200; round++) {
            try (SpoolFile file = spool.create()) {
                assertThatThrownBy(() -> download(file)).isInstanceOf(TroubleException.class);
            }
        }

        Await.until("an empty spool", () -> isEmpty(directory));
    }

    /** Deleting blocks; here it waits for the lock that the test holds. */
    @Test
    void givingADownloadUpHoldsNoOtherDownloadUp() throws Exception {
        oneEventLoop();
        serve((socket, n) -> socket.write(OK + "Content-Length: " + (n == 2 ? 50 : 5) + "\r\n\r\nhello"));
        download();
        SpoolFile file = Spools.in(directory.resolve("stalls"), CAP).create();
        CompletableFuture<Download> stalls = start(file).subscribeAsCompletionStage();
        Await.until("the first bytes", () -> Files.exists(file.path()) && Files.size(file.path()) == 5);

        synchronized (file) {
            assertThat(stalls).failsWithin(Duration.ofSeconds(10));
            assertThat(download().sizeBytes()).isEqualTo(5);
        }
    }

    @Test
    void aRedirectIsFollowedWithoutCredentials() throws Exception {
        serve((socket, n) -> socket.write(
                n == 1
                        ? "HTTP/1.1 302 Found\r\nLocation: http://localhost:" + server.actualPort()
                                + "/signed\r\nContent-Length: 0\r\n\r\n"
                        : OK + "Content-Length: 5\r\n\r\nhello"));

        assertThat(download().sizeBytes()).isEqualTo(5);
        assertThat(requests).hasSize(2);
        assertThat(requests.stream().skip(1).findFirst().orElseThrow())
                .startsWith("GET /signed ")
                .doesNotContainIgnoringCase("authorization");
    }

    @Test
    void aRedirectToAForeignHostIsRefusedAndNotFollowed() {
        serve((socket, n) -> socket.write("HTTP/1.1 302 Found\r\nLocation: http://[::1]:" + server.actualPort()
                + "/\r\nContent-Length: 0\r\n\r\n"));

        assertTrouble().isInstanceOf(RedirectRefused.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void redirectsInACircleEnd() {
        serve((socket, n) -> socket.write("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"));

        assertTrouble().isInstanceOf(RedirectRefused.class);
        assertThat(requests).hasSize(3);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private void oneEventLoop() {
        media.close();
        downloads = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        media = new TwilioMedia(downloads, new TestRules(), Clock.systemUTC());
    }

    private void serve(BiConsumer<NetSocket, Integer> answer) {
        server.connectHandler(socket -> {
            connections.incrementAndGet();
            socket.handler(request -> {
                requests.add(request.toString());
                answer.accept(socket, requests.size());
            });
        });
        server = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Download download() {
        return download(Spools.in(directory, 10 * CAP).create());
    }

    private Download download(SpoolFile file) {
        return start(file).await().atMost(Duration.ofSeconds(10));
    }

    private Uni<Download> start(SpoolFile file) {
        TwilioAccount account = new TwilioAccount(
                ACCOUNT, ACCOUNT.value(), "secret", URI.create("http://127.0.0.1:" + server.actualPort()));
        return media.download(new MediaRequest(account, RECORDING, AudioFormat.MP3, 2), file);
    }

    private ObjectAssert<Trouble> assertTrouble() {
        TroubleException failed = catchThrowableOfType(TroubleException.class, this::download);
        assertThat(failed).isNotNull();
        return assertThat(failed.trouble());
    }

    private static Sha256 sha256(String text) throws Exception {
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static final class TestRules implements MediaConfig {
        /** Short, and yet enough for an answer of a cold JVM on a busy machine. */
        private static final Duration PATIENCE = Duration.ofSeconds(2);

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration firstByteTimeout() {
            return PATIENCE;
        }

        @Override
        public Duration idleTimeout() {
            return PATIENCE;
        }

        @Override
        public MemorySize maxSize() {
            return new MemorySize(BigInteger.valueOf(CAP));
        }

        @Override
        public Optional<List<String>> redirectHosts() {
            return Optional.of(List.of("localhost"));
        }

        @Override
        public int maxRedirects() {
            return 2;
        }

        @Override
        public List<String> contentTypes() {
            return List.of("audio/mpeg");
        }
    }
}
