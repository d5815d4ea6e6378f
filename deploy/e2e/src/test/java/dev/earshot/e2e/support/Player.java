package dev.earshot.e2e.support;

import dev.earshot.e2e.support.Simulator.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A listener that does what any good one does: asks again after a 202, and after a 503 when its Retry-After is over, sends a
 * GET again whose connection broke, resumes a stream by Range and If-Range. Everything else that keeps it from the exact bytes is a failure.
 */
public final class Player {
    /** A killed fetcher's requests wait for its session time-out of 10 s, then for a download. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** In a row; a load balancer has nobody to send to for a moment at most. */
    private static final int MAX_BREAKS = 5;

    private static final int CHUNK = 32 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String token;
    private final Tally tally;

    public Player(String tenant, Tally tally) {
        this.token = Listener.of(tenant).token();
        this.tally = tally;
    }

    /** Plays as fast as it comes. */
    public void play(Recorded recorded) throws InterruptedException {
        play(recorded, Integer.MAX_VALUE);
    }

    /** Plays at a speed, as ears do, so that the stream lasts. */
    public void play(Recorded recorded, int bytesPerSecond) throws InterruptedException {
        try {
            Hearing hearing = new Hearing(recorded, bytesPerSecond);
            hearing.toTheEnd();
            hearing.compare();
            tally.play();
        } catch (Failure failure) {
            tally.fail(recorded.recordingSid() + ": " + failure.getMessage());
        }
    }

    /** Something that no listener should see. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String what) {
            super(what);
        }
    }

    /** One recording, from the first request to the last byte. */
    private final class Hearing {
        private final Recorded recorded;
        private final int bytesPerSecond;
        private final MessageDigest digest = newDigest();
        private final long deadline = System.nanoTime() + PATIENCE.toNanos();
        private long heard;
        private String etag = "";
        private int breaks;
        private boolean promised;

        Hearing(Recorded recorded, int bytesPerSecond) {
            this.recorded = recorded;
            this.bytesPerSecond = bytesPerSecond;
        }

        void toTheEnd() throws Failure, InterruptedException {
            Optional<HttpResponse<InputStream>> audio = Optional.empty();
            while (heard < recorded.sizeBytes()) {
                while (audio.isEmpty()) {
                    audio = audio();
                }
                if (!listen(audio.get())) {
                    tally.resume();
                }
                audio = Optional.empty();
            }
        }

        void compare() throws Failure {
            if (!HexFormat.of().formatHex(digest.digest()).equals(recorded.sha256())) {
                throw new Failure("other bytes than the source's");
            }
        }

        /** Nothing while there is none. */
        private Optional<HttpResponse<InputStream>> audio() throws Failure, InterruptedException {
            HttpResponse<InputStream> answer;
            try {
                tally.request();
                answer = client.send(request(), BodyHandlers.ofInputStream());
                breaks = 0;
            } catch (IOException broken) {
                tally.retry();
                if (++breaks > MAX_BREAKS) {
                    throw new Failure(breaks + " requests in a row broke: " + broken);
                }
                return Optional.empty();
            }
            return switch (answer.statusCode()) {
                case 200 -> whole(answer);
                case 206 -> Optional.of(answer);
                case 202 -> promise(answer);
                case 503 -> refused(answer);
                default -> throw new Failure("status " + answer.statusCode() + " " + text(answer));
            };
        }

        private HttpRequest request() {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                            Stack.running().gatewayUrl() + "/api/recordings/" + recorded.recordingSid() + "/stream"))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token);
            if (heard > 0) {
                request.header("Range", "bytes=" + heard + "-").header("If-Range", etag);
            } else if (promised) {
                request.header("Prefer", "wait=20");
            }
            return request.build();
        }

        private Optional<HttpResponse<InputStream>> whole(HttpResponse<InputStream> answer) throws Failure {
            if (heard > 0) {
                throw new Failure("the whole audio where a part was asked for");
            }
            etag = answer.headers().firstValue("ETag").orElse("");
            return Optional.of(answer);
        }

        private Optional<HttpResponse<InputStream>> promise(HttpResponse<InputStream> answer) throws Failure {
            Promises.note(recorded.recordingSid());
            if (!promised) {
                tally.promise();
            }
            promised = true;
            String said = text(answer);
            if (System.nanoTime() > deadline) {
                throw new Failure("still not ready after " + PATIENCE.toSeconds() + " s: " + said);
            }
            return Optional.empty();
        }

        /** One that waiting helps; {@link Tally#refused} lets a test say that there was none. */
        private Optional<HttpResponse<InputStream>> refused(HttpResponse<InputStream> answer) throws Failure {
            long retryAfter = answer.headers().firstValueAsLong("Retry-After").orElse(0);
            String said = text(answer);
            if (retryAfter == 0 || System.nanoTime() > deadline) {
                throw new Failure("status 503 " + said);
            }
            tally.refuse();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(retryAfter));
            return Optional.empty();
        }

        /** @return whether it came to its end */
        private boolean listen(HttpResponse<InputStream> audio) {
            byte[] chunk = new byte[CHUNK];
            try (InputStream body = audio.body()) {
                for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                    digest.update(chunk, 0, read);
                    heard += read;
                    LockSupport.parkNanos(1_000_000_000L * read / bytesPerSecond);
                }
                return true;
            } catch (IOException broken) {
                return false;
            }
        }
    }

    private static String text(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException broken) {
            return broken.toString();
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
